import type { TvGuide, TvProgramme } from '@tongxin/contract/television.tv'

export type Slot = TvGuide['slots'][number]

export function programmeOf(guide: TvGuide, id: string): TvProgramme | undefined {
  for (const channel of guide.channels) for (const one of channel.programmes) if (one.id === id) return one
  return undefined
}
export const channelNameOf = (guide: TvGuide, { channelId }: TvProgramme): string => {
  const channel = guide.channels.filter(({ id }) => id === channelId)[0]
  return channel ? `${channel.orgName} · ${channel.name}` : ''
}

/** What runs at a moment; where several do, the first: the server names the unit nearest to the set first. */
export const runningAt = (guide: TvGuide, at: number): Slot | undefined =>
  guide.slots.filter(({ startsAt, endsAt }) => Date.parse(startsAt) <= at && at < Date.parse(endsAt))[0]
export const nextAfter = (guide: TvGuide, at: number): Slot | undefined =>
  guide.slots.filter(({ startsAt }) => Date.parse(startsAt) > at)[0]

/** What to keep for a lost network: programmes of the schedule of the next day, the nearest first, without repeats. */
export function worthKeeping(guide: TvGuide, at: number): TvProgramme[] {
  const found: TvProgramme[] = []
  for (const slot of guide.slots) {
    if (Date.parse(slot.endsAt) < at || Date.parse(slot.startsAt) > at + 86_400_000) continue
    const programme = programmeOf(guide, slot.programmeId)
    if (programme && found.indexOf(programme) < 0) found.push(programme)
  }
  return found
}
