// @vitest-environment node
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'
import { build, type Rollup } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'

/** What a set loads, built as it is built for people, but not written. */
let files: Map<string, string>

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
  const built = (await build({ configFile, logLevel: 'silent', build: { write: false } })) as Rollup.RollupOutput
  files = new Map(built.output.map((one) => [one.fileName, one.type === 'chunk' ? one.code : String(one.source)]))
}, 120_000)
const scripts = () => [...files].filter(([name]) => name.endsWith('.js'))

describe('what a set of 2017 loads', () => {
  it('is one classic script and one style, with the program for streams apart', () => {
    const page = files.get('index.html') ?? ''
    expect(page.match(/<script[^>]*>/g)).toEqual([expect.stringMatching(/^<script defer src="\/tv\/assets\/index-/)])
    expect(page).not.toMatch(/type="module"|modulepreload|<style/)
    expect(scripts().length).toBe(2)
  })

  it('is of ES2018 throughout', () => {
    for (const [name, code] of scripts())
      expect(() => parse(code, { ecmaVersion: 2018, sourceType: 'script' }), name).not.toThrow()
    expect(() => parse('a?.b', { ecmaVersion: 2018 })).toThrow()
  })

  it('stays below 60 kB of gzip without the program for streams', () => {
    const first = [...files].filter(([name]) => /\.(js|css|html)$/.test(name) && !/hls-/.test(name))
    const bytes = first.reduce((sum, [, text]) => sum + gzipSync(text, { level: 9 }).length, 0)
    expect(first.length).toBe(3)
    expect(bytes).toBeLessThan(60_000)
  })
})
