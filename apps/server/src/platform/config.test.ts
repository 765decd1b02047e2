import { Refusal } from '@tongxin/contract/refusal'
import { describe, expect, it } from 'vitest'
import { isLoopback, languageOf, loadConfig, PROJECT_ROOT } from './config.ts'

function problemsOf(env: Record<string, string>): [string, string][] {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'runtime.configuration_wrong')
      return error.fields.map(({ field, code }) => [field, code])
    throw error
  }
  return []
}

describe('the configuration', () => {
  it('names every wrong value in one refusal', () => {
    const env = {
      PORT: '80a',
      HOST: '999.1.1.1',
      DATABASE_URL: 'mysql://x@y/z',
      PUBLIC_ORIGIN: 'https://party.example.cn/path',
      TLS_CERT: '/nowhere/cert.pem',
      TRUST_PROXY: '10.0.0.0/8, 10.0.0.0/33, example.cn',
      CONTENT_ORIGIN: 'ftp://files.example.cn',
      METRICS_TOKEN: 'short',
      CLAMD: 'clamd',
      HOUSE_HOSTS: 'mail.house.lan:25, http://hook',
      UNSCANNED_FILES: 'maybe',
    }
    expect(problemsOf(env)).toEqual([
      ['/PORT', 'field.number_range'],
      ['/HOST', 'field.host'],
      ['/TLS_KEY', 'field.tls_pair'],
      ['/DATABASE_URL', 'field.database_url'],
      ['/PUBLIC_ORIGIN', 'field.origin'],
      ['/TRUST_PROXY', 'field.cidr'],
      ['/TRUST_PROXY', 'field.cidr'],
      ['/CONTENT_ORIGIN', 'field.origin'],
      ['/METRICS_TOKEN', 'field.token_short'],
      ['/CLAMD', 'field.wrong_format'],
      ['/HOUSE_HOSTS', 'field.wrong_format'],
      ['/UNSCANNED_FILES', 'field.not_in_list'],
    ])
  })

  it('never repeats the database address, which holds a password', () => {
    expect.assertions(1)
    try {
      loadConfig({ DATABASE_URL: 'postgres://me:hunter2@' })
    } catch (error) {
      expect(JSON.stringify((error as Refusal).fields)).not.toContain('hunter2')
    }
  })

  it('refuses certificate files that cannot be read', () => {
    expect(problemsOf({ TLS_CERT: '/nowhere/c.pem', TLS_KEY: '/nowhere/k.pem' })).toEqual([
      ['/TLS_CERT', 'field.file'],
      ['/TLS_KEY', 'field.file'],
    ])
  })

  it('refuses plain HTTP beyond loopback unless a trusted proxy speaks TLS', () => {
    const beyond = { HOST: '192.168.1.5' }
    expect(problemsOf(beyond)).toEqual([['/HOST', 'field.plain_http']])
    expect(problemsOf({ ...beyond, TRUST_PROXY: '10.0.0.1' })).toEqual([['/HOST', 'field.plain_http']])
    expect(problemsOf({ ...beyond, TRUST_PROXY: '10.0.0.1', PUBLIC_ORIGIN: 'http://a.cn' })).toEqual([
      ['/HOST', 'field.plain_http'],
    ])
    expect(problemsOf({ ...beyond, TRUST_PROXY: '10.0.0.1', PUBLIC_ORIGIN: 'https://a.cn' })).toEqual([])
  })

  it('accepts its own certificate beyond loopback, with an https origin', () => {
    const file = `${PROJECT_ROOT}/package.json`
    const tls = { HOST: '0.0.0.0', TLS_CERT: file, TLS_KEY: file }
    expect(problemsOf({ ...tls, PUBLIC_ORIGIN: 'http://a.cn' })).toEqual([['/PUBLIC_ORIGIN', 'field.origin_https']])
    expect(problemsOf(tls)).toEqual([['/PUBLIC_ORIGIN', 'field.origin_needed']])
    expect(problemsOf({ ...tls, PUBLIC_ORIGIN: 'https://a.cn' })).toEqual([])
  })

  it('keeps uploads, ballots and complaints on origins of their own', () => {
    const origins = {
      CONTENT_ORIGIN: 'http://127.0.0.1:8080',
      CAST_ORIGIN: 'http://c.cn',
      VOICE_ORIGIN: 'http://c.cn:80',
    }
    expect(problemsOf(origins)).toEqual([
      ['/CONTENT_ORIGIN', 'field.origin_taken'],
      ['/VOICE_ORIGIN', 'field.origin_taken'],
    ])
  })

  it('has defaults that reach nobody but this machine', () => {
    expect(loadConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      dataDir: `${PROJECT_ROOT}/data`,
      publicOrigin: 'http://127.0.0.1:8080',
      trustProxy: [],
    })
    expect(['localhost', '127.9.9.9', '::1'].every(isLoopback)).toBe(true)
    expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.cn'].some(isLoopback)).toBe(false)
  })

  it('speaks Chinese unless the terminal is English', () => {
    expect(
      [
        {},
        { LANG: 'C.UTF-8' },
        { LANG: 'zh_CN.UTF-8' },
        { LANG: 'en_GB.UTF-8' },
        { LC_ALL: 'en_US', LANG: 'zh_CN' },
      ].map(languageOf),
    ).toEqual(['zh-CN', 'zh-CN', 'zh-CN', 'en', 'en'])
  })
})
