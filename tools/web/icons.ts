import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

/** Draws the PNG icons of the installable application from the mark; run again when the mark changes. */
const PUBLIC = fileURLToPath(new URL('../../apps/member-web/public/', import.meta.url))

const mark = (radius: number, scale: number) => {
  const ring = 152 * scale
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="${radius}" fill="#c8161d"/>` +
      `<circle cx="256" cy="256" r="${ring}" fill="none" stroke="#fff" stroke-width="${35 * scale}"/>` +
      `<circle cx="256" cy="256" r="${64 * scale}" fill="#fff"/></svg>`,
  )
}

const draw = (svg: Buffer, size: number, name: string) =>
  sharp(svg, { density: 300 }).resize(size, size).png({ palette: true, compressionLevel: 9 }).toFile(`${PUBLIC}${name}`)

await draw(mark(112, 1), 192, 'icon-192.png')
await draw(mark(112, 1), 512, 'icon-512.png')
await draw(mark(0, 1), 180, 'icon-180.png')
// Launchers cut a maskable icon to a circle of 80 %: the mark keeps inside it.
await draw(mark(0, 0.82), 512, 'icon-maskable-512.png')
