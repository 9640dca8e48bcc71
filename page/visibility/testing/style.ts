import type { Style } from '../style.ts'

/** A computed style of initial values, but for those given. */
export function style(values: Partial<Style> = {}): Style {
  return { ...initial, ...values }
}

const initial: Style = {
  animationName: 'none',
  backgroundClip: 'border-box',
  backgroundColor: 'rgba(0, 0, 0, 0)',
  backgroundImage: 'none',
  bottom: 'auto',
  clip: 'auto',
  clipPath: 'none',
  color: 'rgb(0, 0, 0)',
  colorScheme: 'normal',
  contentVisibility: 'visible',
  direction: 'ltr',
  display: 'block',
  fill: 'rgb(0, 0, 0)',
  filter: 'none',
  flexDirection: 'row',
  fontSize: '16px',
  left: 'auto',
  marginLeft: '0px',
  marginTop: '0px',
  maskImage: 'none',
  opacity: '1',
  overflowX: 'visible',
  overflowY: 'visible',
  paddingLeft: '0px',
  paddingTop: '0px',
  position: 'static',
  right: 'auto',
  stroke: 'none',
  textIndent: '0px',
  textShadow: 'none',
  top: 'auto',
  transform: 'none',
  transitionDuration: '0s',
  transitionProperty: 'all',
  translate: 'none',
  visibility: 'visible',
  webkitTextFillColor: 'rgb(0, 0, 0)',
  webkitTextStrokeWidth: '0px',
  willChange: 'auto',
  zIndex: 'auto',
}
