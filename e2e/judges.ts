import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { HtmlValidate } from 'html-validate'
import type { CDPSession, Page } from 'playwright-core'
import sharp from 'sharp'
import { ROOT } from './installation.ts'

// Off by itself because axe calls it experimental: a name holds the words one sees (WCAG 2.2, 2.5.3), so that they can
// be said to a machine that listens.
const ALSO = { 'label-content-name-mismatch': { enabled: true } }

/** Serious and critical findings of axe, with the elements. Empty is right. */
export async function barriersOf(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ rules: ALSO, resultTypes: ['violations'] })
  // Pages without frames are judged where they are; only frames need the empty page that joins what each one said.
  const { violations } = await axe.setLegacyMode(page.frames().length === 1).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html.slice(0, 300)).join('\n  ')}`)
}

// How a browser writes down its own document (quotes, void elements, order) says nothing about the page.
const WRITTEN_BY_THE_BROWSER = [
  'attr-quotes',
  'void-style',
  'doctype-style',
  'attribute-boolean-style',
  'attribute-empty-style',
  'no-trailing-whitespace',
]
// What Ant Design and Base UI render and we cannot write otherwise: widths and sticky offsets of columns are style
// properties set by script (the policy of the pages forbids style attributes in what the server sends), an open select
// is a listbox of elements with roles, and what lies behind a dialog is taken out by role. Axe judges the roles.
const WRITTEN_BY_LIBRARIES = ['no-inline-style', 'prefer-native-element', 'presentation-role-style']
const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    ...Object.fromEntries([...WRITTEN_BY_THE_BROWSER, ...WRITTEN_BY_LIBRARIES].map((rule) => [rule, 'off'])),
    // HTML asks of an id only that it is not empty and holds no blank; React's begin with an underscore.
    'valid-id': ['error', { relaxed: true }],
    // A name on whatever ARIA lets be named, as the picture of the camera.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
  },
})

/** Behind an open dialog the libraries put guards that catch the focus; axe looks after what is hidden there. */
const DIALOG = /<dialog\b[^>]*\sopen\b|\srole="(?:alert)?dialog"/

/** What html-validate says against the document as it stands after rendering. Empty is right. */
export async function faultsOf(html: string): Promise<string[]> {
  const report = await validator.validateString(html)
  const isDialogOpen = DIALOG.test(html)
  return report.results.flatMap(({ messages }) =>
    messages
      .filter(({ severity, ruleId }) => severity === 2 && !(isDialogOpen && ruleId === 'hidden-focusable'))
      .map(
        ({ ruleId, message, line, column, selector }) => `${ruleId}: ${message} (${line}:${column} ${selector ?? ''})`,
      ),
  )
}

/** Why Chromium would not install the page as an application. Empty is right. */
export async function hindrancesOf(session: CDPSession): Promise<string[]> {
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  return installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')
}

const MOST_BYTES = 200_000

/** A picture for docs/screenshots, only when asked for by SCREENSHOTS=1. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return
  const folder = join(ROOT, 'docs/screenshots')
  mkdirSync(folder, { recursive: true })
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  let bytes: Buffer = taken
  for (const colours of [256, 128, 64]) {
    bytes = await sharp(taken).png({ palette: true, colours, compressionLevel: 9, effort: 10 }).toBuffer()
    if (bytes.length <= MOST_BYTES) break
  }
  writeFileSync(join(folder, `${name}.png`), bytes)
}

/** Every judge of one page as it stands. */
export async function judge(page: Page): Promise<{ barriers: string[]; faults: string[] }> {
  return { barriers: await barriersOf(page), faults: await faultsOf(await page.content()) }
}

export const NO_FAULTS = { barriers: [], faults: [] }
