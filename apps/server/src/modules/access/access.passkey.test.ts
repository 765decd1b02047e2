import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { browserOf, PASSWORD } from '../../test/access-people.ts'
import { authenticatorOf } from '../../test/authenticator.ts'
import { type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { hashPassword } from './access.hash.ts'
import { grantMembership, openAccount } from './index.ts'
import { setPassword } from './queries/accounts.queries.ts'

const ORIGIN = 'http://localhost:8080'
type Options = { challenge: string }
let f: Fixture
let number = 0
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

async function signedIn() {
  number += 1
  const hash = await hashPassword(PASSWORD)
  await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, async (tx) => {
    const { personId } = await openAccount(tx, {
      name: '林海',
      signInNames: [{ kind: 'member_no', value: `P-${number}` }],
      now: NOW,
      vault: f.platform.vault,
    })
    await grantMembership(tx, {
      tenantId: f.tenantId,
      personId,
      memberId: personId,
      orgId: f.orgs.teachers.id,
      orgPath: f.orgs.teachers.path,
      now: NOW,
    })
    await setPassword(tx, personId, hash, NOW, false)
  })
  const browser = browserOf(f)
  const signIn = () => browser.send('POST', '/session', { name: `P-${number}`, password: PASSWORD })
  await signIn()
  return { browser, name: `P-${number}` }
}
const options = async (browser: ReturnType<typeof browserOf>, path: string) =>
  (await browser.send<Options>('POST', path)).body

beforeAll(async () => {
  f = await openFixture({ PUBLIC_ORIGIN: ORIGIN })
})

describe('a passkey', () => {
  it('is refused without verification, from another site, and for a challenge of another session or used before', async () => {
    const { browser } = await signedIn()
    const other = await signedIn()
    expect(await browser.send('POST', '/session/passkey-options')).toMatchObject({
      status: 409,
      body: { code: 'access.factor_missing' },
    })
    const add = (answer: object) => browser.send('POST', '/me/passkeys', { label: '手机', answer })
    const refused = { status: 422, body: { code: 'access.passkey_refused' } }
    expect(
      await add(authenticatorOf(ORIGIN).register(await options(browser, '/me/passkeys/options'), 0x41)),
    ).toMatchObject(refused)
    expect(
      await add(authenticatorOf('http://evil.example').register(await options(browser, '/me/passkeys/options'))),
    ).toMatchObject(refused)
    expect(
      await add(authenticatorOf(ORIGIN).register(await options(other.browser, '/me/passkeys/options'))),
    ).toMatchObject(refused)
    const used = await options(browser, '/me/passkeys/options')
    expect((await add(authenticatorOf(ORIGIN).register(used))).status).toBe(200)
    expect(await add(authenticatorOf(ORIGIN).register(used))).toMatchObject(refused)
    const old = await options(other.browser, '/me/passkeys/options')
    f.setNow(at(301))
    expect(
      await other.browser.send('POST', '/me/passkeys', { label: '旧', answer: authenticatorOf(ORIGIN).register(old) }),
    ).toMatchObject(refused)
    f.setNow(NOW)
  })
  it('is the second factor at sign-in, each challenge once, and is listed and removed by its owner', async () => {
    const { browser, name } = await signedIn()
    const key = authenticatorOf(ORIGIN)
    await browser.send('POST', '/me/passkeys', {
      label: '单位电脑',
      answer: key.register(await options(browser, '/me/passkeys/options')),
    })
    expect((await browser.send('GET', '/me/security')).body).toMatchObject({
      passkeysPossible: true,
      shortestPassword: 8,
      passkeys: [{ label: '单位电脑' }],
    })

    const later = browserOf(f)
    expect((await later.send('POST', '/session', { name, password: PASSWORD })).body).toMatchObject({
      secondFactorNeeded: true,
      factors: ['passkey'],
    })
    const asked = await options(later, '/session/passkey-options')
    expect(await later.send('POST', '/session/passkey', { answer: authenticatorOf(ORIGIN).show(asked) })).toMatchObject(
      { status: 422, body: { code: 'access.passkey_refused' } },
    )
    const answer = key.show(asked)
    expect((await later.send('POST', '/session/passkey', { answer })).status).toBe(200)
    expect((await later.send('GET', '/sessions')).status).toBe(200)
    expect((await later.send('POST', '/session/passkey', { answer })).status).toBe(422)

    expect(await later.send('DELETE', '/me/passkeys/unknown')).toMatchObject({
      status: 404,
      body: { code: 'access.passkey_not_found' },
    })
    expect((await later.send('DELETE', `/me/passkeys/${key.id}`)).status).toBe(200)
    expect((await later.send('GET', '/me/security')).body).toMatchObject({ passkeys: [], shortestPassword: 15 })
  })
})
