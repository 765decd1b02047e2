import { randomInt } from 'node:crypto'
import { generateSync } from 'otplib'
import { makeSetUpCodes } from '../platform/setup-codes.ts'
import type { Answer, Fixture } from './fixture.ts'

export const PASSWORD = '江湾晨跑绕湖三圈再吃早饭真好呀'
export const OTHER_PASSWORD = 'correct horse battery staple 71'

/** A browser of its own: keeps cookies between requests, as people's devices do. */
export type Browser = {
  send<T = unknown>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>
  readonly jar: Map<string, string>
}

/** `address`: where the browser stands, for throttling. */
export function browserOf(f: Fixture, address = `10.0.${randomInt(250)}.${randomInt(250)}`): Browser {
  const jar = new Map<string, string>()
  return {
    jar,
    async send(method, path, body, headers = {}) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await f.app.http.inject({
        method,
        url: `/api/v1${path}`,
        remoteAddress: address,
        headers: { ...(cookie ? { cookie } : {}), 'user-agent': 'test browser', ...headers },
        ...(body === undefined ? {} : { payload: body }),
      })
      for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
        const [pair = ''] = set.split(';')
        const at = pair.indexOf('=')
        if (/Max-Age=0|Expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(pair.slice(0, at))
        else jar.set(pair.slice(0, at), pair.slice(at + 1))
      }
      const json = /json/.test(String(answer.headers['content-type'] ?? ''))
      return {
        status: answer.statusCode,
        body: (json ? answer.json() : answer.rawPayload) as never,
        headers: answer.headers as Answer['headers'],
      }
    },
  }
}

/** Six digits of an authenticator app at an instant. */
export const digitsAt = (secret: string, now: Date) => generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) })

/** Keeps set-up codes as the first start does, and returns them. */
export async function firstStart(f: Fixture) {
  const codes = makeSetUpCodes((bytes) => crypto.getRandomValues(new Uint8Array(bytes)))
  return { codes, kept: await f.app.keepSetUpCodes(codes) }
}

/** The codes of the first start made anew, as `set-up-codes` does. */
export async function codesAnew(f: Fixture) {
  const codes = makeSetUpCodes((bytes) => crypto.getRandomValues(new Uint8Array(bytes)))
  await f.app.replaceSetUpCodes(codes)
  return codes
}

/** An administrator by set-up code, with an authenticator app, signed in with the second factor shown. */
export async function claim(
  f: Fixture,
  code: string,
  signInName: string,
  now: Date,
): Promise<{ browser: Browser; secret: string }> {
  const browser = browserOf(f)
  const claimed = await browser.send('POST', '/set-up/claim', { code, name: '陈建国', signInName, password: PASSWORD })
  if (claimed.status !== 200) throw new Error(`claim refused: ${JSON.stringify(claimed.body)}`)
  const { body } = await browser.send<{ secret: string }>('POST', '/me/totp')
  const confirmed = await browser.send('POST', '/me/totp/confirm', { code: digitsAt(body.secret, now) })
  if (confirmed.status !== 200) throw new Error(`second factor refused: ${JSON.stringify(confirmed.body)}`)
  return { browser, secret: body.secret }
}
