import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const FILE = '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'

/** The font of the forms, which has the rare characters of names; systems may have no Chinese font. */
export const faceBytes = (): Buffer => readFileSync(createRequire(import.meta.url).resolve(FILE))
