import { againstFloor, type Figure } from './figure.ts'
import { generate } from './programs.ts'
import type { Stage } from './stage.ts'

const CONNECTIONS = 32
const SECONDS = 5
/** Until compiler and prepared plans of both are at rest: rates rise for some ten seconds after a start. */
const WARM_UP_SECONDS = 10

/** Signed-in reads of a member record as lists show it. */
export const floorRead = (stage: Stage): Promise<Figure> => {
  const paths = stage.members.filter((_, at) => at % 97 === 0).map(({ id }) => `/api/v1/members/${id}/card`)
  return reads(stage, 'floor-read', 0.5, paths)
}

/** The first page of the list of all members. */
export const floorList = (stage: Stage): Promise<Figure> => reads(stage, 'floor-list', 0.6, ['/api/v1/members'])

async function reads(stage: Stage, name: string, limit: number, paths: readonly string[]): Promise<Figure> {
  const cookies = stage.readers.map(({ cookie }) => cookie)
  const path = paths[0] ?? ''
  const [ours, floor] = await Promise.all(
    [stage.whole.url, stage.floorUrl].map(async (url) =>
      (await fetch(url + path, { headers: { cookie: cookies[0] ?? '' } })).text(),
    ),
  )
  if (ours !== floor) throw new Error(`${name}: ours and the floor differ:\n${ours}\n${floor}`)
  const run = (url: string, seconds: number) => generate({ url, connections: CONNECTIONS, seconds, paths, cookies })
  for (const url of [stage.floorUrl, stage.whole.url]) await run(url, WARM_UP_SECONDS)
  return againstFloor(name, 'requests/s', limit, 'more', {
    floor: async () => (await run(stage.floorUrl, SECONDS)).perSecond,
    ours: async () => (await run(stage.whole.url, SECONDS)).perSecond,
  })
}
