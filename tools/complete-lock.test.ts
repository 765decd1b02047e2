import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { missingEntries } from './complete-lock.ts'

describe('package-lock.json', () => {
  it('is found to lack a platform package that npm dropped', () => {
    const packages = {
      'node_modules/a': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: { '@a/linux-x64-musl': '1.0.0', '@a/darwin-arm64': '1.0.0', b: '^2.0.0' },
      },
      'node_modules/@a/darwin-arm64': { version: '1.0.0' },
    }
    expect(missingEntries({ packages })).toEqual({
      'node_modules/@a/linux-x64-musl': {
        version: '1.0.0',
        dev: true,
        optional: true,
        os: ['linux'],
        cpu: ['x64'],
        libc: ['musl'],
      },
    })
  })

  it('holds every package that npm ci will ask for', () => {
    const lock = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package-lock.json'), 'utf8'))
    expect(Object.keys(missingEntries(lock)), 'run node tools/complete-lock.ts').toEqual([])
  })
})
