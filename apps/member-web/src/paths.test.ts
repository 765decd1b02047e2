import { expect, it } from 'vitest'
import { paths } from './paths.ts'

it('keeps every address that people may have bookmarked', () => {
  expect(Object.entries(paths).map(([name, path]) => [name, path()])).toEqual([
    ['home', '/'],
    ['learning', '/learning'],
    ['organisation', '/organisation'],
    ['messages', '/messages'],
    ['me', '/me'],
    ['help', '/help'],
    ['signIn', '/sign-in'],
    ['welcome', '/welcome'],
  ])
})
