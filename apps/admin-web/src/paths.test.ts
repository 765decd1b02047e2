import { expect, it } from 'vitest'
import { outside, paths } from './paths.ts'

it('keeps every address that people may have bookmarked', () => {
  expect(Object.entries(paths).map(([name, path]) => [name, path()])).toEqual([
    ['workbench', '/'],
    ['help', '/help'],
  ])
})

it('comes back after signing in to the page that was asked for', () => {
  expect(outside.signIn('/admin/?tab=1&x=2')).toBe('/sign-in?to=%2Fadmin%2F%3Ftab%3D1%26x%3D2')
})
