import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { placesOf, projectFiles, projectTexts, ROOT } from './project-files.ts'

const SELF = 'tools/arch/words.test.ts'
const all = projectTexts().filter(({ file }) => file !== SELF && file !== 'package-lock.json')
const sources = all.filter(({ file }) => /\.(ts|tsx|mjs)$/.test(file))

describe('the words of the project', () => {
  it('name no folder outside of it', () => {
    expect(
      placesOf(
        /\.\.\/shared\/(?!src)(acceptance|domain|design|style|look|security|scale|judges|catalogue)|(?<![\w.])\/work\/|\/tmp\/brief/,
        all,
      ),
    ).toEqual([])
  })

  it('speak of the project only, not of how it was made', () => {
    expect(
      placesOf(
        /\b(helper session|sub-?agent|language model|co-authored-by|as an ai|ai-generated|claude|chatgpt|copilot)\b/i,
        all,
      ),
    ).toEqual([])
  })

  it('leave no test skipped, focused or planned', () => {
    const tests = sources.filter(({ file }) => /\.(test|e2e)\.tsx?$/.test(file))
    expect(placesOf(/\b(it|test|describe)\.(skip|only|todo|fails|skipIf|runIf)\b|\bx(it|describe)\(/, tests)).toEqual(
      [],
    )
  })

  it('mark what is left to do with its issue, or not at all', () => {
    expect(placesOf(/\b(FIXME|XXX|HACK)\b|(?<!@)\bTODO\b|@TODO(?!\(\d+\))/, sources)).toEqual([])
  })

  it('silence no rule without saying why', () => {
    expect(placesOf(/@ts-(ignore|nocheck)|biome-ignore [\w/]+\s*$|biome-ignore-all/, sources)).toEqual([])
  })

  it('name each exception from the tenant rule once', () => {
    // A new exception is a decision: it is added here with the statement that needs it.
    const statements = sources.filter(({ file }) => !/apps\/server\/src\/test\/tenant-guard/.test(file))
    const reasons = statements.flatMap(({ text }) =>
      [...text.matchAll(/-- tenant-free: (.+?)(?=`|\\n|\n|$)/gm)].map(([, why = '']) => why.trim()),
    )
    expect(reasons.sort()).toEqual(TENANT_FREE)
  })
})

const TENANT_FREE = ['the tenant stands in the session row, which the inner query proves']

describe('decisions', () => {
  const files = projectFiles('docs/decisions/*.md').map((file) => file.replace('docs/decisions/', ''))

  it('have a number of their own', () => {
    const numbers = files.map((file) => file.slice(0, 4))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(files.filter((file) => !/^\d{4}-[a-z0-9-]+\.md$/.test(file))).toEqual([])
  })

  it('say date, status, context, decision and consequences', () => {
    const incomplete = projectTexts('docs/decisions/*.md').filter(
      ({ text }) =>
        !['Date:', 'Status:', '## Context', '## Decision', '## Consequences'].every((part) => text.includes(part)),
    )
    expect(incomplete.map(({ file }) => file)).toEqual([])
  })
})

describe('the documents', () => {
  // Made by the run in the browser; a clone that has not run it yet lacks them.
  const made = /docs\/screenshots\/[\w-]+\.png$/

  it('link to what is there', () => {
    const broken = projectTexts('*.md').flatMap(({ file, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
        .map(([, link, source]) => (link ?? source ?? '').replace(/#.*$/, ''))
        .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
        .filter(
          (link) => !made.test(join(dirname(file), link)) && !existsSync(join(ROOT, dirname(file), decodeURI(link))),
        )
        .map((link) => `${file}: ${link}`),
    )
    expect(broken).toEqual([])
  })

  it('name files that exist where they point at one to imitate', () => {
    const named = projectTexts('CONTRIBUTING.md', 'docs/architecture.md').flatMap(({ file, text }) =>
      [...text.matchAll(/`((?:apps|packages|tools|docs|e2e|bench|bin)\/[\w./-]+\.\w+)`/g)].map(([, path = '']) => ({
        file,
        path,
      })),
    )
    expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})
