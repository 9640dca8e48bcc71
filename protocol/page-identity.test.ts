import { describe, expect, it } from 'vitest'
import { pageIdentity } from './page-identity.ts'

describe('identity', () => {
  it.each([
    ['a plain address', 'https://example.com/a/b', 'https://example.com/a/b'],
    ['the query that names the page', 'https://video.test/watch?v=abc123', 'https://video.test/watch?v=abc123'],
    ['a forum item', 'https://forum.test/item?id=1&p=2', 'https://forum.test/item?id=1&p=2'],
    ['parameter order', 'https://example.com/?b=2&a=1', 'https://example.com/?b=2&a=1'],
    ['odd escapes', 'https://example.com/?q=a%20b+c', 'https://example.com/?q=a%20b+c'],
    ['tracking', 'https://example.com/a?utm_source=x&id=7&fbclid=y&gclid=z', 'https://example.com/a?id=7'],
    ['only tracking', 'https://example.com/a?utm_source=x', 'https://example.com/a'],
    ['credentials', 'https://example.com/a?access_token=s&id=7&sid=9', 'https://example.com/a?id=7'],
    ['a signed address', 'https://cdn.test/f?X-Amz-Signature=s&X-Amz-Credential=c&v=1', 'https://cdn.test/f?v=1'],
    ['a sign-in return', 'https://example.com/cb?code=abc&state=def', 'https://example.com/cb'],
    ['a product code', 'https://shop.test/p?code=A12', 'https://shop.test/p?code=A12'],
    ['user and password', 'https://me:secret@example.com/a', 'https://example.com/a'],
    ['a place on the page', 'https://example.com/a#section-2', 'https://example.com/a'],
    ['a text fragment', 'https://example.com/a#:~:text=x', 'https://example.com/a'],
    ['a route', 'https://app.test/#/inbox/3', 'https://app.test/#/inbox/3'],
    ['a hash-bang route', 'https://app.test/#!/item/3', 'https://app.test/#!/item/3'],
    ['a route with a secret', 'https://app.test/#/in?token=s&id=3', 'https://app.test/#/in?id=3'],
    ['a route with a secret and no question mark', 'https://app.test/#/in&access_token=s', 'https://app.test/#/in'],
    ['a token fragment', 'https://app.test/#access_token=s', 'https://app.test/'],
    ['a session in the path', 'https://shop.test/a;jsessionid=1A2B/b;v=2?id=3', 'https://shop.test/a/b;v=2?id=3'],
    ['a key in one word', 'https://example.com/?sessionKey=s&monkey=1', 'https://example.com/?monkey=1'],
    ['a keyword is not a key', 'https://example.com/?keyword=cats', 'https://example.com/?keyword=cats'],
    ['a file', 'file:///home/notes.html', 'file:///home/notes.html'],
  ])('%s', (_name, url, identity) => {
    expect(pageIdentity(url).identity).toBe(identity)
  })

  it.each([
    ['videos', 'https://video.test/watch?v=a', 'https://video.test/watch?v=b'],
    ['forum items', 'https://forum.test/item?id=1', 'https://forum.test/item?id=2'],
    ['pages of a forum item', 'https://forum.test/item?id=1&p=1', 'https://forum.test/item?id=1&p=2'],
    ['hash routes', 'https://app.test/#/a', 'https://app.test/#/b'],
    ['hash-bang routes', 'https://app.test/#!/a', 'https://app.test/#!/b'],
    ['hosts', 'https://a.test/', 'https://b.test/'],
  ])('two %s are two pages', (_what, one, other) => {
    expect(pageIdentity(one).identity).not.toBe(pageIdentity(other).identity)
  })

  it.each([
    ['a campaign and a place', 'https://example.com/a?utm_source=x#top', 'https://example.com/a'],
    ['two campaigns', 'https://example.com/a?id=1&utm_source=x', 'https://example.com/a?utm_medium=y&id=1'],
    ['two tokens', 'https://example.com/a?token=x&id=1', 'https://example.com/a?token=y&id=1'],
    ['a session and none', 'https://shop.test/a;jsessionid=1', 'https://shop.test/a'],
    ['two tokens of a route', 'https://app.test/#/in?token=x', 'https://app.test/#/in?token=y'],
  ])('%s are one page', (_what, one, other) => {
    expect(pageIdentity(one).identity).toBe(pageIdentity(other).identity)
  })
})

describe('address, for the prompt', () => {
  it.each([
    ['https://example.com/a/b?id=7#/route', 'https://example.com/a/b', 'example.com'],
    ['https://shop.test/a;jsessionid=1A2B', 'https://shop.test/a', 'shop.test'],
    ['http://localhost:8080/x?token=s', 'http://localhost:8080/x', 'localhost:8080'],
    ['file:///home/notes.html', 'file:///home/notes.html', ''],
  ])('%s', (url, address, host) => {
    expect(pageIdentity(url)).toMatchObject({ address, host })
  })
})

it('refuses what is no URL', () => {
  expect(() => pageIdentity('not a url')).toThrow(TypeError)
})
