import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const IN_PAGE = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8')

/**
 * What a program can see of a page that does not line up: it is wider than the screen, text is cut off without a way to
 * read it, a key of a text stands where its words should, Chinese stands on a button of the English interface.
 */
export const faultsOf = (page: Page, language: 'zh-CN' | 'en'): Promise<string[]> =>
  page.evaluate(`${IN_PAGE}\nfaultsOf('${language}')`)
