import type { TvGuide } from '@tongxin/contract/television.tv'
import { describe, expect, it } from 'vitest'
import { lengthText, timeText } from './clock.ts'
import { channelNameOf, nextAfter, programmeOf, runningAt, worthKeeping } from './guide.ts'

const programme = (id: string) => ({
  id,
  channelId: 'c',
  title: id,
  seconds: 600,
  isOnDemand: true,
  edition: `e-${id}`,
})
const slot = (id: string, programmeId: string, startsAt: string, endsAt: string) => ({
  id,
  programmeId,
  startsAt: `2026-11-0${startsAt}:00.000Z`,
  endsAt: `2026-11-0${endsAt}:00.000Z`,
})
const guide: TvGuide = {
  now: '2026-11-02T01:00:00.000Z',
  set: { name: '一号', place: null, orgName: '教工党支部' },
  channels: [{ id: 'c', name: '远程教育', orgName: '党委', programmes: [programme('a'), programme('b')] }],
  slots: [
    slot('near', 'b', '2T02:00', '2T02:10'),
    slot('far', 'a', '2T02:00', '2T02:10'),
    slot('late', 'a', '4T02:00', '4T02:10'),
  ],
}
const at = (text: string) => Date.parse(`2026-11-${text}:00.000Z`)

describe('the guide of a set', () => {
  it('plays nothing before and after a slot, and the first named of two that run at once', () => {
    expect(runningAt(guide, at('02T01:59'))).toBeUndefined()
    expect(runningAt(guide, at('02T02:00'))?.id).toBe('near')
    expect(runningAt(guide, at('02T02:10'))).toBeUndefined()
    expect(nextAfter(guide, at('02T02:05'))?.id).toBe('late')
  })

  it('keeps what the next day needs, once each', () => {
    expect(worthKeeping(guide, at('02T01:00')).map(({ id }) => id)).toEqual(['b', 'a'])
    expect(worthKeeping(guide, at('05T01:00'))).toEqual([])
  })

  it('finds programmes and names their channel with its unit', () => {
    expect(programmeOf(guide, 'x')).toBeUndefined()
    expect(channelNameOf(guide, programme('a'))).toBe('党委 · 远程教育')
    expect(timeText(at('02T01:05'))).toBe('09:05')
    expect(lengthText(125)).toBe('02:05')
  })
})
