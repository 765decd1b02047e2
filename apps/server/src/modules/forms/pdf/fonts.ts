import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

/** The two cuts of Noto Serif SC (30,920 glyphs, with the rare characters of names): body and headings. */
export type Face = 'regular' | 'bold'
export type Faces = Readonly<Record<Face, Font>>

const FILES: Readonly<Record<Face, string>> = {
  regular: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
}
/** 〓 is what Chinese typesetting prints for a character that the font lacks. */
const MISSING = '〓'

let opened: Faces | undefined

/** Parsed once per worker: 25 ms cold against 6 ms for each further document that would parse it again. */
export function openFaces(): Faces {
  opened ??= { regular: openFace('regular'), bold: openFace('bold') }
  return opened
}

function openFace(face: Face): Font {
  const font = create(readFileSync(createRequire(import.meta.url).resolve(FILES[face])))
  // A single TTF file; collections are the other half of the declared type.
  return font as Font
}

/** Drops what has no shape (controls, variation selectors, bidi marks) and shows 〓 for what the font cannot draw. */
export function printable(text: string, font: Font): string {
  let out = ''
  for (const char of text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').normalize('NFC')) {
    const point = char.codePointAt(0) ?? 0
    if (char === '\n') out += char
    else if (/[\p{Cc}\p{Cf}\p{Variation_Selector}]/u.test(char)) continue
    else out += font.hasGlyphForCodePoint(point) ? char : MISSING
  }
  return out
}

const advances = new WeakMap<Font, Map<string, number>>()

/** Width of a text in points: the sum of advances, which is exact for ideographs and within a kern for Latin. */
export function widthOf(text: string, font: Font, size: number): number {
  let known = advances.get(font)
  if (!known) {
    known = new Map()
    advances.set(font, known)
  }
  let units = 0
  for (const char of text) {
    let advance = known.get(char)
    if (advance === undefined) {
      advance = font.glyphForCodePoint(char.codePointAt(0) ?? 0).advanceWidth
      known.set(char, advance)
    }
    units += advance
  }
  return (units / font.unitsPerEm) * size
}
