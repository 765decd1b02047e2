import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Judge, ROOT, run } from './judge.ts'
import { type Target, withTarget } from './target.ts'

const PYTHON = '/usr/bin/python3'
type Event = { readonly uid: string; readonly title: string; readonly start: string; readonly end: string }
type Reading = { readonly read: Readonly<Record<string, readonly Event[]>>; readonly faults: readonly string[] }

function reading(feed: string): Reading {
  const { stdout, stderr } = spawnSync(PYTHON, [join(import.meta.dirname, 'feed-readers.py')], {
    cwd: ROOT,
    input: feed,
    encoding: 'utf8',
  })
  if (!stdout) throw new Error(`the readers said nothing: ${stderr}`)
  return JSON.parse(stdout) as Reading
}

/** The feed of a member as a calendar program on a phone takes it, and the meeting as the member's own page shows it. */
async function feedOf({ url, memberCookie, meetingId }: Target): Promise<{ feed: string; meeting: Event }> {
  const headers = { cookie: memberCookie, 'content-type': 'application/json' }
  const made = await fetch(`${url}/api/v1/my/calendar`, { method: 'POST', headers, body: '{}' })
  const { url: address } = (await made.json()) as { url: string }
  const listed = await fetch(`${url}/api/v1/my/meetings?when=coming`, { headers })
  const { rows } = (await listed.json()) as {
    rows: { id: string; title: string; startsAt: string; endsAt: string }[]
  }
  const own = rows.find(({ id }) => id === meetingId)
  if (!own) throw new Error('the meeting is not among the member’s own')
  const [start = '', end = ''] = [own.startsAt, own.endsAt].map((at) => at.replace(/\.\d+Z$/, 'Z'))
  const feed = await (await fetch(address)).text()
  return { feed, meeting: { uid: `${own.id}@tongxin`, title: own.title, start, end } }
}

const PLANTED = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'SUMMARY:x', 'DTSTART:20261122T110000Z']
const ENDED = ['END:VEVENT', 'END:VCALENDAR', '']

/** Two readers of others understand the calendar feed, and the same in it: time, title, identity. */
export const calendar: Judge = {
  name: 'calendar',
  packages: ['python3-icalendar', 'python3-vobject'],
  missing: () =>
    run(PYTHON, ['-c', 'import icalendar, vobject']).status === 0 ? null : 'icalendar and vobject for Python 3',
  async refusesFault() {
    // No identity, no stamp, no maker; then a line that ends in the way of Unix.
    const { faults } = reading([...PLANTED, ...ENDED].join('\r\n'))
    const lacks = ['VCALENDAR lacks PRODID', 'VEVENT lacks UID', 'VEVENT lacks DTSTAMP']
    const unix = reading([...PLANTED, ...ENDED].join('\n')).faults
    return lacks.every((fault) => faults.includes(fault)) && unix.some((fault) => fault.includes('CR LF'))
  },
  async accepts() {
    const { feed, meeting } = await withTarget(feedOf)
    const { read, faults } = reading(feed)
    const different = ['icalendar', 'vobject'].filter(
      (name) => JSON.stringify(read[name]) !== JSON.stringify([meeting]),
    )
    for (const fault of faults) console.log(fault)
    for (const name of different) console.log(`${name} understood ${JSON.stringify(read[name])}`)
    return faults.length === 0 && different.length === 0
  },
}
