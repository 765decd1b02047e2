import { type AddressInfo, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { runtimeRefusals } from '@tongxin/contract/runtime'

/**
 * Looks whether the port can be had, before anything is created. Returns it, or a free one for 0.
 * @throws Refusal `runtime.port_busy`
 */
export async function requireFreePort(host: string, port: number): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(refusalOfListening(error, host, port)))
    probe.listen({ host, port, exclusive: true }, () => {
      const { port: found } = probe.address() as AddressInfo
      probe.close(() => resolve(found))
    })
  })
}

/** What a failure to listen means to a person; anything but a port that is taken or forbidden stays as it is. */
export function refusalOfListening(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code
  // EACCES: a port below 1024 without the right to it.
  const isTaken = code === 'EADDRINUSE' || code === 'EACCES'
  return isTaken ? runtimeRefusals.port_busy({ host, port, next: port < 1024 ? 8080 : port + 1 }) : error
}

/** IPv4 addresses under which other devices of the same network may reach this machine. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => address.address)
}
