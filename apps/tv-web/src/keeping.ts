import type { Playback } from '@tongxin/contract/media.words'
import type { TvGuide } from '@tongxin/contract/television.tv'
import { isKept, keepBytes, keepOnly } from './cache.ts'
import { ask } from './calls.ts'
import { serverNow } from './clock.ts'
import { worthKeeping } from './guide.ts'

/** Fetches ahead what the schedule needs, one after the other, while nobody watches; lets go of what is over. */
export async function keepProgrammes(key: string, guide: TvGuide, isBusy: () => boolean): Promise<void> {
  await keepOnly(editionsOf(guide))
  for (const { id, edition } of worthKeeping(guide, serverNow())) {
    if (isBusy()) return
    if (await isKept(edition)) continue
    const playback = await ask<Playback>('playback', { key, programmeId: id })
    const whole = playback.offline ?? playback.original
    if (whole) await keepBytes(edition, whole.url, whole.bytes)
  }
}

const editionsOf = (guide: TvGuide): string[] => {
  const editions: string[] = []
  for (const { programmes } of guide.channels) for (const { edition } of programmes) editions.push(edition)
  return editions
}

/** What of the guide plays without a network. */
export async function editionsKept(guide: TvGuide): Promise<string[]> {
  const found: string[] = []
  for (const edition of editionsOf(guide)) if (await isKept(edition)) found.push(edition)
  return found
}
