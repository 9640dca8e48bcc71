import { deflateSync } from 'node:zlib'
import { PdfObjects } from './pdf-objects.ts'

/** A piece of text as it is set on a page: points from the lower left corner of the sheet. */
export interface SetText {
  readonly text: string
  readonly x: number
  readonly y: number
  /** Points; 11 when absent. */
  readonly size?: number
  /** `cjk` is not embedded and named by a predefined character map, as old documents of East Asia are. */
  readonly font?: 'latin' | 'cjk'
}

export interface SetPage {
  readonly texts: readonly SetText[]
  /** A picture over the whole sheet, as a scanner makes it. */
  readonly scanned?: boolean
}

interface PdfOptions {
  readonly title?: string
  readonly language?: string
  /** Encrypts the document with this password. */
  readonly password?: string
  /** Bytes that nothing refers to, to make the file larger than its text. */
  readonly ballast?: number
}

export const SHEET = { width: 595, height: 842 } as const

/** A PDF of our own writing: text in Helvetica or a Chinese font of the viewer's, pictures, a title, a password. */
export function writePdf(pages: readonly SetPage[], options: PdfOptions = {}): Buffer<ArrayBuffer> {
  const objects = new PdfObjects(options.password)
  const [catalog, tree] = [objects.reserve(), objects.reserve()]
  const latin = objects.add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  const fonts = `/Font << /Latin ${latin} 0 R /Cjk ${cjkFont(objects)} 0 R >>`
  const kids = pages.map(({ texts, scanned = false }) => {
    const picture = scanned ? scan(objects) : undefined
    const drawn = picture === undefined ? '' : `q ${SHEET.width} 0 0 ${SHEET.height} 0 0 cm /Scan Do Q\n`
    const content = objects.addStream(
      '/Filter /FlateDecode',
      deflateSync(Buffer.from(drawn + texts.map(shown).join(''), 'latin1')),
    )
    const resources = `<< ${fonts} ${picture === undefined ? '' : `/XObject << /Scan ${picture} 0 R >>`} >>`
    return objects.add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${SHEET.width} ${SHEET.height}] /Resources ${resources} /Contents ${content} 0 R >>`,
    )
  })
  objects.set(tree, `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`)
  const language = options.language === undefined ? '' : `/Lang ${literal(options.language)}`
  objects.set(catalog, `<< /Type /Catalog /Pages ${tree} 0 R ${language} >>`)
  if (options.ballast !== undefined) objects.addStream('', Buffer.alloc(options.ballast, 'x'))
  // Strings of an encrypted document would have to be encrypted too: it goes without a title.
  const named = options.title !== undefined && options.password === undefined
  const info = named ? objects.add(`<< /Title ${literal(options.title ?? '')} >>`) : undefined
  return Buffer.from(objects.file(catalog, info))
}

function shown({ text, x, y, size = 11, font = 'latin' }: SetText): string {
  const name = font === 'latin' ? 'Latin' : 'Cjk'
  const string = font === 'latin' ? literal(text) : `<${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`
  return `BT /${name} ${size} Tf ${x} ${y} Td ${string} Tj ET\n`
}

function literal(text: string): string {
  return `(${text.replace(/[\\()]/g, String.raw`\$&`)})`
}

function cjkFont(objects: PdfObjects): number {
  const descriptor = objects.add(
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>',
  )
  const descendant = objects.add(
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor ${descriptor} 0 R >>`,
  )
  return objects.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [${descendant} 0 R] >>`,
  )
}

function scan(objects: PdfObjects): number {
  const side = 16
  const grey = Buffer.from(Uint8Array.from({ length: side * side }, (_, at) => (at * 37) % 256))
  return objects.addStream(
    `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8`,
    grey,
  )
}
