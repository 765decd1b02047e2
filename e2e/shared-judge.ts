import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { CONTRACT, openContractJudge, PROGRAM_PORT } from './contract.ts'
import { listenOn, pass } from './passing.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the judge of the contract listens, one for all journeys: reading the contract takes it seconds. */
    judgePort: number
  }
}

/** The judge knows one program to ask: it asks here, and each request says whose it is. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const crossroads = createServer((incoming, outgoing) => {
    const { [PROGRAM_PORT]: port, ...headers } = incoming.headers
    incoming.headers = headers
    pass(incoming, outgoing, { port: Number(port) })
  })
  const judge = await openContractJudge(CONTRACT, `http://127.0.0.1:${await listenOn(crossroads)}`)
  project.provide('judgePort', judge.port)
  return async () => {
    judge.close()
    crossroads.closeAllConnections()
    await new Promise((done) => crossroads.close(done))
  }
}
