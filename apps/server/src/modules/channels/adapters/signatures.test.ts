import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { describe, expect, it } from 'vitest'
import { dingtalkSignature } from './robots.ts'
import { signedForAliyun } from './sms-aliyun.ts'
import { signedForTencent } from './sms-tencent.ts'
import { webhookSignature } from './webhook.ts'
import { elementOf, isSignedBy, openCallback, sealCallback } from './wechat-crypto.ts'

describe('signatures as their publishers give them', () => {
  it('Alibaba Cloud: the fixed example of “request structure and signature, V3”', () => {
    const { authorization } = signedForAliyun({
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
      accessKeyId: 'YourAccessKeyId',
      accessKeySecret: 'YourAccessKeySecret',
      date: '2023-10-26T10:22:32Z',
      nonce: '3156853299f313e23d1673dc12e1703d',
    })
    expect(authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;' +
        'x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    )
  })

  it('Tencent Cloud: the example of “signature method v3”', () => {
    const authorization = signedForTencent({
      host: 'cvm.tencentcloudapi.com',
      service: 'cvm',
      action: 'DescribeInstances',
      secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******',
      secretKey: 'Gu5t9xGARNpq86cd98joQYCN3*******',
      at: new Date(1551113065_000),
      body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
    })
    expect(authorization).toBe(
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, ' +
        'SignedHeaders=content-type;host;x-tc-action, ' +
        'Signature=be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3',
    )
  })

  it('Standard Webhooks: the example of the specification', () => {
    expect(
      webhookSignature(
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        'msg_p5jXN8AQM9LWM0D4loKWxJek',
        1614265330,
        '{"test": 2432232314}',
      ),
    ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('DingTalk: HMAC-SHA-256 over time and secret, as openssl dgst makes it', () => {
    expect(dingtalkSignature('this is secret', 1577262236757)).toBe('hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=')
  })
})

describe('callbacks of WeChat', () => {
  const token = 'QDG6eK'
  const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
  const appId = 'wx5823bf96d3bd56c7'
  const [timestamp, nonce] = ['1409659813', '1372623149']
  const sample =
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=='

  it('are refused with a wrong signature, account, padding or length', () => {
    expect(isSignedBy('477715d11cdb4164915debcba66cb864d751f3e7', token, timestamp, nonce, sample)).toBe(false)
    expect(isSignedBy('', token, timestamp, nonce, sample)).toBe(false)
    expect(() => openCallback(aesKey, 'wx0000000000000000', sample)).toThrow('account')
    expect(() => openCallback('A'.repeat(43), appId, sample)).toThrow(/padding|length|account/)
    expect(() => openCallback(aesKey, appId, sample.slice(0, 40))).toThrow()
    expect(() => openCallback(aesKey, appId, '')).toThrow('length')
    const broken = Buffer.from(sample, 'base64')
    broken[broken.length - 17] = (broken[broken.length - 17] ?? 0) ^ 1
    expect(() => openCallback(aesKey, appId, broken.toString('base64'))).toThrow('padding')
  })

  it('open as in the publisher’s sample', () => {
    expect(isSignedBy('477715d11cdb4164915debcba66cb864d751f3e6', token, timestamp, nonce, sample)).toBe(true)
    const xml = openCallback(aesKey, appId, sample)
    expect(elementOf(xml, 'FromUserName')).toBe('mycreate')
    expect(elementOf(xml, 'Content')).toBe('hello')
  })

  it('agree with a second implementation both ways, also where the padding is a whole block', () => {
    for (let length = 0; length < 70; length += 1) {
      const text = `${'党'.repeat(3)}${'x'.repeat(length)}`
      expect(openCallback(aesKey, appId, encrypt(aesKey, text, appId))).toBe(text)
      const sealed = sealCallback(aesKey, appId, text, Buffer.alloc(16, 7))
      expect(decrypt(aesKey, sealed)).toMatchObject({ message: text, id: appId })
    }
    const signature = getSignature(token, Number(timestamp), Number(nonce), sample)
    expect(isSignedBy(signature, token, timestamp, nonce, sample)).toBe(true)
  })
})
