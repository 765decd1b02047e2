import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

export type Taken = { readonly name: string; readonly file: string }
const WIDE = { across: 3, width: 620, height: 388 }
const TALL = { across: 8, width: 232, height: 502 }
const LABEL = 20
const DOWN = { wide: 4, tall: 2 }

/** Contact sheets of one state: many pages on one picture, each under its name. Returns the files. */
export async function layOut(
  folder: string,
  state: string,
  taken: readonly Taken[],
  isTall: boolean,
): Promise<string[]> {
  const { across, width, height } = isTall ? TALL : WIDE
  const many = across * (isTall ? DOWN.tall : DOWN.wide)
  const files: string[] = []
  for (let from = 0; from < taken.length; from += many) {
    const part = taken.slice(from, from + many)
    const rows = Math.ceil(part.length / across)
    const pieces = await Promise.all(
      part.map(async ({ name, file }, at) => {
        const left = (at % across) * (width + 8)
        const top = Math.floor(at / across) * (height + LABEL + 8)
        const picture = await sharp(readFileSync(file))
          .resize(width, height, { fit: 'cover', position: 'top' })
          .toBuffer()
        return [
          { input: labelOf(name, width), left, top },
          { input: picture, left, top: top + LABEL },
        ]
      }),
    )
    const file = join(folder, `sheet-${state}-${String(from / many + 1).padStart(2, '0')}.png`)
    const size = { width: across * (width + 8), height: rows * (height + LABEL + 8), channels: 3 as const }
    const sheet = sharp({ create: { ...size, background: '#bbbbbb' } }).composite(pieces.flat())
    writeFileSync(file, await sheet.png({ palette: true }).toBuffer())
    files.push(file)
  }
  return files
}

const labelOf = (name: string, width: number): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${LABEL}"><rect width="100%" height="100%"
      fill="#222"/><text x="6" y="15" font-size="13" font-family="sans-serif" fill="#fff">${name}</text></svg>`,
  )
