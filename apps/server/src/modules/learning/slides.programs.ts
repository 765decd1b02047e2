import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SlidesWhy } from '@tongxin/contract'
import { programOnPath } from '../../platform/programs.ts'
import { type Run, runProgram } from '../../platform/run-program.ts'

/** Debian's `poppler-utils` draws pages; `libreoffice-impress` makes PDF of presentations, where the machine has it. */
export type SlideTools = {
  readonly pdfinfo: string
  readonly pdftoppm: string
  readonly pdftotext: string
  readonly soffice: string | null
}
/** Null when pages cannot be drawn on this machine. */
export function slideTools(): SlideTools | null {
  const [pdfinfo, pdftoppm, pdftotext] = ['pdfinfo', 'pdftoppm', 'pdftotext'].map((name) => programOnPath(name))
  if (!pdfinfo || !pdftoppm || !pdftotext) return null
  // LibreOffice is there in parts: without Impress it opens no presentation, and says so with an exit code of zero.
  const hasImpress = programOnPath('loimpress') ?? programOnPath('simpress')
  return { pdfinfo, pdftoppm, pdftotext, soffice: (hasImpress && programOnPath('soffice')) || null }
}

const MOST_PAGES = 300
/** The longer side of a page in pixels: sharp on a telephone held upright and on a desk. */
const LONG_EDGE = 1600
const SECONDS = 300
/** What of one page is read aloud or in big letters; more of it is a document, which is opened. */
const MOST_LETTERS = 4000

export type Drawn = { readonly pages: number; readonly width: number; readonly height: number }
/** Why pages are not shown, other than a program that failed. */
export class NotDrawable extends Error {
  override readonly name = 'NotDrawable'
  readonly why: SlidesWhy
  constructor(why: SlidesWhy, message: string) {
    super(message)
    this.why = why
  }
}

type Drawing = {
  readonly tools: SlideTools
  readonly source: { readonly path: string; readonly kind: string }
  readonly folder: string
  readonly signal: AbortSignal
}
/**
 * Draws each page of a PDF or presentation into the folder as `1.jpg`, `2.jpg` and so on, and `words.json`: what each
 * page says. @throws ProgramFailed @throws NotDrawable
 */
export async function drawPages({ tools, source, folder, signal }: Drawing): Promise<Drawn> {
  const run: Run = { seconds: SECONDS, signal, folder }
  await copyFile(source.path, join(folder, `slides.${source.kind}`))
  if (source.kind === 'pptx') await makePdf(tools, folder, run)
  const drawn = await sizeOf(tools, run)
  const drawing = ['-jpeg', '-jpegopt', 'quality=85,optimize=y', '-scale-to', `${LONG_EDGE}`, 'slides.pdf', 'page']
  await runProgram(tools.pdftoppm, drawing, run)
  await runProgram(tools.pdftotext, ['-enc', 'UTF-8', 'slides.pdf', 'words.txt'], run)
  const words = (await readFile(join(folder, 'words.txt'), 'utf8')).split('\f').slice(0, drawn.pages)
  const told = words.map((page) =>
    page
      .replaceAll(/[ \t]+/g, ' ')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
  )
  await writeFile(join(folder, 'words.json'), JSON.stringify(told.map((page) => page.slice(0, MOST_LETTERS))))
  await nameByNumber(folder, drawn.pages)
  return drawn
}

async function makePdf({ soffice }: SlideTools, folder: string, run: Run): Promise<void> {
  if (soffice === null) throw new NotDrawable('no_office', 'no program for presentations')
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  const quiet = ['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nofirststartwizard']
  await runProgram(soffice, [profile, ...quiet, '--convert-to', 'pdf', '--outdir', folder, 'slides.pptx'], run)
}

/** How many pages there are, and the size of the first as it will be drawn. */
async function sizeOf({ pdfinfo }: SlideTools, run: Run): Promise<Drawn> {
  const facts = new Map<string, string>()
  const onLine = (line: string) => {
    const [name = '', value = ''] = line.split(/:\s+/, 2)
    facts.set(name, value)
  }
  await runProgram(pdfinfo, ['slides.pdf'], { ...run, onLine })
  const pages = Number(facts.get('Pages'))
  const [across = 0, down = 0] =
    /^([\d.]+) x ([\d.]+)/
      .exec(facts.get('Page size') ?? '')
      ?.slice(1)
      .map(Number) ?? []
  if (!(pages > 0 && across > 0 && down > 0)) throw new NotDrawable('empty', 'no page')
  if (pages > MOST_PAGES) throw new NotDrawable('too_long', `${pages} pages`)
  const isTurned = Number(facts.get('Page rot') ?? 0) % 180 !== 0
  const [width, height] = isTurned ? [down, across] : [across, down]
  const scale = LONG_EDGE / Math.max(width, height)
  return { pages, width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** `page-01.jpg` as the program names it becomes `1.jpg`; what was only needed on the way is removed. */
async function nameByNumber(folder: string, pages: number): Promise<void> {
  const made = (await readdir(folder)).filter((name) => /^page-\d+\.jpg$/.test(name)).sort()
  if (made.length !== pages) throw new NotDrawable('broken', `${made.length} of ${pages} pages were drawn`)
  for (const [at, name] of made.entries()) await rename(join(folder, name), join(folder, `${at + 1}.jpg`))
  for (const name of ['slides.pptx', 'slides.pdf', 'words.txt', 'profile'])
    await rm(join(folder, name), { recursive: true, force: true })
}
