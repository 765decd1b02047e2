import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OutgoingError, openOutgoing } from './outgoing.ts'
import { type Address, isOpenAddress } from './outgoing-addresses.ts'

const OPEN: Address = { address: '93.184.216.34', family: 4 }

let server: Server
let port: number
const seen: { path: string; host: string; body: string }[] = []
beforeAll(async () => {
  server = createServer(async (request, answer) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    seen.push({ path: request.url ?? '', host: request.headers.host ?? '', body: Buffer.concat(parts).toString() })
    if (request.url === '/moved') return answer.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    if (request.url === '/endless') return void answer.write(Buffer.alloc(200_000))
    if (request.url === '/silent') return
    answer.end(JSON.stringify({ got: request.url }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const reasonOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'sent',
    (error: OutgoingError) => error.reason,
  )

describe('the addresses that are never reached', () => {
  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '100.100.100.200',
    '168.63.129.16',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2001::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'nonsense',
  ])('%s', (address) => expect(isOpenAddress(address)).toBe(false))

  it.each(['93.184.216.34', '223.5.5.5', '2400:3200::1'])('but %s is', (address) => {
    expect(isOpenAddress(address)).toBe(true)
  })
})

describe('a request outwards', () => {
  const resolved = (...answers: (readonly Address[])[]) => {
    let asked = 0
    const resolve = async () => answers[asked++] ?? []
    return { resolve, times: () => asked }
  }

  it.each([
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://[::1]/', '::1'],
    ['http://１２７.0.0.1/', '127.0.0.1'],
  ])('sees through the spelling of %s', async (url, host) => {
    const { resolve, times } = resolved([OPEN])
    expect(await reasonOf(openOutgoing({ resolve }).send({ url, allowed: [host], mayBePlain: true }))).toBe(
      'address_closed',
    )
    expect(times()).toBe(0)
  })

  it.each([
    ['https://other.example/', 'not_allowed'],
    ['https://hook.example.evil.example/', 'not_allowed'],
    ['https://evilhook.example/', 'not_allowed'],
    ['https://hook.example:8443/', 'not_allowed'],
    ['https://push.example/', 'not_allowed'],
    ['http://hook.example/', 'not_secure'],
    ['ftp://hook.example/', 'address_wrong'],
    ['file:///etc/passwd', 'address_wrong'],
    ['https://user:secret@hook.example/', 'address_wrong'],
    ['https://hook.example@evil.example/', 'address_wrong'],
    ['no address', 'address_wrong'],
  ])('goes to hosts of the settings only: %s', async (url, reason) => {
    const { resolve } = resolved([OPEN])
    const out = openOutgoing({ resolve })
    expect(await reasonOf(out.send({ url, allowed: ['hook.example', '*.push.example'] }))).toBe(reason)
  })

  it('is refused when one of the addresses of the name is closed', async () => {
    const { resolve } = resolved([OPEN, { address: '10.0.0.5', family: 4 }])
    expect(await reasonOf(openOutgoing({ resolve }).send({ url: 'https://a.example/', allowed: ['a.example'] }))).toBe(
      'address_closed',
    )
  })

  it('dials the address that was judged, though the name answers another one next time', async () => {
    const { resolve, times } = resolved([{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.5', family: 4 }])
    const out = openOutgoing({ house: [`relay.house:${port}`], resolve })
    const url = `http://relay.house:${port}/a?b=c`
    const answer = await out.send({ url, allowed: [`relay.house:${port}`], method: 'POST', body: '中文' })
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('{"got":"/a?b=c"}') })
    expect(seen.at(-1)).toEqual({ path: '/a?b=c', host: `relay.house:${port}`, body: '中文' })
    expect(times()).toBe(1)
    // What is no host of the house stays out of reach at the same address.
    expect(await reasonOf(out.send({ url: `http://127.0.0.1:${port}/`, allowed: [`127.0.0.1:${port}`] }))).toBe(
      'not_secure',
    )
  })

  it('does not follow, wait or read without end, and says no more than the host', async () => {
    const out = openOutgoing({ house: [`127.0.0.1:${port}`] })
    const to = (path: string) => ({ url: `http://127.0.0.1:${port}${path}`, allowed: [`127.0.0.1:${port}`] })
    const before = seen.length
    expect(await reasonOf(out.send(to('/moved')))).toBe('redirected')
    expect(seen).toHaveLength(before + 1)
    expect(await reasonOf(out.send({ ...to('/endless'), maxBytes: 100_000 }))).toBe('too_large')
    expect(await reasonOf(out.send({ ...to('/silent'), timeoutMs: 50 }))).toBe('timed_out')
    const failed = out.send({ ...to('/moved?key=secret'), headers: { authorization: 'secret' } })
    const closed = await reasonOf(out.send({ ...to('/moved'), url: to('/moved').url.replace(String(port), '1') }))
    expect(closed).toBe('not_allowed')
    await failed.catch((error: Error) => expect(error.message).not.toContain('secret'))
  })
})

describe('a connection outwards', () => {
  it('is held to the same rules', async () => {
    const house = [`127.0.0.1:${port}`]
    const out = openOutgoing({ house, resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    const to = (host: string, allowed = [host], isSecured = true) => out.connect({ host, port, allowed, isSecured })
    expect(await reasonOf(to('mail.example'))).toBe('address_closed')
    expect(await reasonOf(to('mail.example', ['other.example']))).toBe('not_allowed')
    expect(await reasonOf(to('2130706433'))).toBe('address_closed')
    expect(await reasonOf(to('a b'))).toBe('address_wrong')
    expect(await reasonOf(to('127.0.0.2'))).toBe('address_closed')
    expect(await reasonOf(to('mail.example', ['mail.example'], false))).toBe('not_secure')
    const socket = await to('127.0.0.1', ['127.0.0.1'], false)
    expect(socket.remoteAddress).toBe('127.0.0.1')
    socket.destroy()
  })
})
