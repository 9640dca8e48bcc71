/**
 * What is asked of an element's computed style: a live `CSSStyleDeclaration`, or a plain record in a test. Values are
 * as browsers compute them; an empty one counts as the property's initial value.
 */
export type Style = Readonly<Record<StyleName, string>>

type StyleName =
  | 'animationName'
  | 'backgroundClip'
  | 'backgroundColor'
  | 'backgroundImage'
  | 'bottom'
  | 'clip'
  | 'clipPath'
  | 'color'
  | 'colorScheme'
  | 'contentVisibility'
  | 'direction'
  | 'display'
  | 'fill'
  | 'filter'
  | 'flexDirection'
  | 'fontSize'
  | 'left'
  | 'marginLeft'
  | 'marginTop'
  | 'maskImage'
  | 'opacity'
  | 'overflowX'
  | 'overflowY'
  | 'paddingLeft'
  | 'paddingTop'
  | 'position'
  | 'right'
  | 'stroke'
  | 'textIndent'
  | 'textShadow'
  | 'top'
  | 'transform'
  | 'transitionDuration'
  | 'transitionProperty'
  | 'translate'
  | 'visibility'
  | 'webkitTextFillColor'
  | 'webkitTextStrokeWidth'
  | 'willChange'
  | 'zIndex'

/** Whether a property is set to something other than its initial `none`. */
export function isSet(value: string): boolean {
  return value !== '' && value !== 'none'
}

/** The number a value begins with (`-9999px`, `0.4`), or `otherwise` for keywords. */
export function numberIn(value: string, otherwise = 0): number {
  const number = Number.parseFloat(value)
  return Number.isNaN(number) ? otherwise : number
}

/** The numbers in a value such as `inset(50% 0px)` or `matrix(1, 0, 0, 1, -40, 0)`. */
export function numbersIn(value: string): readonly number[] {
  return (value.match(/-?\d*\.?\d+(?:e[+-]?\d+)?/gi) ?? []).map(Number)
}

export function isPositioned({ position }: Pick<Style, 'position'>): boolean {
  return position !== '' && position !== 'static'
}

export function isOutOfFlow({ position }: Style): boolean {
  return position === 'absolute' || position === 'fixed'
}

/** The colour a text's letters are filled with, or drawn with in an SVG image. */
export function inkOf(style: Style, isDrawing: boolean): string {
  if (!isDrawing) return style.webkitTextFillColor || style.color
  return isSet(style.stroke) ? style.stroke : style.fill
}
