import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { openContentDoor } from './content-door.ts'

/** A port far from those of servers that people start. */
const PORT = 21_300
const configOf = (more: Record<string, string> = {}) => loadConfig({ PORT: String(PORT), ...more })
const statusOf = async (origin: string) => (await fetch(`${origin}/`)).status

async function occupied<T>(port: number, work: () => Promise<T>): Promise<T> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  try {
    return await work()
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

describe('the port for content', () => {
  it('is not opened where the operator named an origin, or where others than this machine come in', async () => {
    expect(await openContentDoor(configOf({ CONTENT_ORIGIN: 'http://localhost:9000' }))).toBe(null)
    expect(await openContentDoor(configOf({ PUBLIC_ORIGIN: 'https://party.example.cn' }))).toBe(null)
    const beyond = { HOST: '192.0.2.1', TRUST_PROXY: '192.0.2.2', PUBLIC_ORIGIN: 'https://party.example.cn' }
    expect(await openContentDoor(configOf(beyond))).toBe(null)
  })

  it('answers 503 until there is something to serve, under the name that people use for this machine', async () => {
    const door = await openContentDoor(configOf({ PUBLIC_ORIGIN: `http://127.0.0.1:${PORT}` }))
    if (!door) throw new Error('no door')
    expect(await statusOf(door.origin)).toBe(503)
    door.serve((_request, reply) => void reply.writeHead(204).end())
    expect(await statusOf(door.origin)).toBe(204)
    await door.close()
    await expect(statusOf(door.origin)).rejects.toThrow()
  })

  it('leaves the ports right after the own one free, and goes on where one is taken', async () => {
    const portOf = async () => {
      const door = await openContentDoor(configOf())
      await door?.close()
      return Number(new URL(door?.origin ?? '').port)
    }
    const first = await portOf()
    expect(first).toBeGreaterThan(PORT + 100)
    expect(await occupied(first, portOf)).not.toBe(first)
  })
})
