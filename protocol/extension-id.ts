/**
 * The public half of an RSA key pair, as base64 of its SPKI DER. In the manifest it fixes the extension's id, so that the
 * backend can allow exactly one origin. The private half was thrown away: it is needed for nothing.
 */
export const EXTENSION_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApJPd8Y/CW4o/zrIQo5xUqWdxpF6WB7syoLxU9uUjfDzYWag6gswAaVIYrvrxkpjd8LLch06vAkrGUh7/xfdkdGOKDhNzoCayjEIqsATW38NwcnW6w9j7QgIngaJh0xqa2jGckh68suwFRH6OE5yeCiV9H7ukOUPNe5qQh28sZCpddojBdJXFHx56dEYUSqgncBZQ/Rta+e8XXHXxIpaDzHteIdbA/aJlPdqeBC62PPpmTJt/F8hXhFw5ZaSSXRhXJU+guz/PAst84ge0TEUkAWUXa2xZ4bUKj8EYj5Mtm/ndzwGtS7sPxAPZANwUrvoaPXZjOeI6Q9TzCgnAjfy9xQIDAQAB'

/** What Chrome derives from the key: the first 128 bits of its SHA-256, each hex digit as a letter from a to p. */
export const EXTENSION_ID = 'ffigfdhfgcgjeclnakhjhfnogcjpfogf'

export const EXTENSION_ORIGIN = `chrome-extension://${EXTENSION_ID}`
