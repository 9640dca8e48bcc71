import { libraryHash } from './library-route.ts'
import type { LibraryRoute } from './library-route.ts'

/** Where the library shows this, within the extension. */
export function libraryAddress(route: LibraryRoute): string {
  return `/library.html${libraryHash(route)}`
}
