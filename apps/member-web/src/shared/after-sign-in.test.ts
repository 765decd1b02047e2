import { SIGNED_OUT } from '@tongxin/client/session'
import { expect, it } from 'vitest'
import { whereAfterSignIn } from './after-sign-in.ts'

const post = { grantId: 'g', role: 'branch_secretary', orgId: 'o', orgName: '第一党支部', tenantId: 't' } as const
const secretary = { ...SIGNED_OUT, posts: [post] }

it.each(['//evil.example/', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '/sign-in?to=/x'])(
  'does not follow %s to another place',
  (to) => {
    expect(whereAfterSignIn(SIGNED_OUT, to, 390)).toBe('/')
  },
)

it('goes back to the page that was asked for', () => {
  expect(whereAfterSignIn(secretary, '/admin/members?tab=1', 1440)).toBe('/admin/members?tab=1')
  expect(whereAfterSignIn(SIGNED_OUT, '/meetings/7', 390)).toBe('/meetings/7')
})

it('takes a person with a post to the desk where the screen is one', () => {
  expect(whereAfterSignIn(secretary, undefined, 1440)).toBe('/admin/')
  expect(whereAfterSignIn(secretary, undefined, 390)).toBe('/')
  expect(whereAfterSignIn(SIGNED_OUT, undefined, 1440)).toBe('/')
})
