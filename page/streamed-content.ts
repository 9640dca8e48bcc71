import { attributeOf, elementsMatching, windowOf } from './dom-access.ts'

/**
 * What a page sent late and its scripts would have put in place, by the placeholder it belongs to. React streams parts
 * of a page that way: a `<template id="B:1">` where the part belongs and, at the body's end, a hidden
 * `<div id="S:1">` with it. Only where the browser runs no scripts on the page: where it does they have done this
 * already, and what is hidden then is hidden on purpose.
 */
export function streamedContent(page: Document): ReadonlyMap<Element, Element> {
  const placed = new Map<Element, Element>()
  if (windowOf(page)?.matchMedia('(scripting: none)').matches !== true) return placed
  const waiting = new Map<string | null, Element>()
  for (const part of elementsMatching(page, 'div[hidden][id*="S:"]')) waiting.set(attributeOf(part, 'id'), part)
  if (waiting.size === 0) return placed
  for (const placeholder of elementsMatching(page, 'template[id*="B:"], template[id*="P:"]')) {
    const id = attributeOf(placeholder, 'id')?.replace(/[BP](?=:[\da-f]+$)/, 'S') ?? ''
    const part = waiting.get(id)
    if (part === undefined) continue
    placed.set(placeholder, part)
    // Each part has one place, so that what is placed within each other has an end.
    waiting.delete(id)
  }
  return placed
}
