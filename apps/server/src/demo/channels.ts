import type { Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
type Made = { id: string }

/** Ways out as a university would have them; nothing is on that would need an account of somebody else. */
export async function setUpChannels(stage: Stage): Promise<void> {
  const desk = stage.desks.ofPost('committee_admin', stage.rootId)
  const make = (kind: string, name: string, leastLevel: string, settings: object) =>
    at(new Date(stage.now.getTime() - 60 * DAY), () =>
      desk<Made>('POST', '/channels/outlets', { kind, name, leastLevel, settings }),
    )
  const push = await make('push', '浏览器推送', 'normal', { contact: 'party@jiangwan.example' })
  await desk('POST', `/channels/outlets/${push.id}/switch`, { state: 'on' })
  await make('mail', '学校邮件系统', 'normal', {
    host: 'smtp.jiangwan.example',
    from: 'party@jiangwan.example',
    fromName: '江湾大学党委',
    user: 'party',
    password: 'demonstration-only',
  })
  await make('wecom', '支部书记工作群', 'normal', { key: 'demonstration-only' })
}
