import type { Job, Module } from '../../platform/module.ts'
import { callbackRoutes, channelsRoutes } from './channels.routes.ts'
import { clearOld } from './service/clearing.ts'
import { sendWaiting } from './service/sending.ts'

export { reachesPeople } from './queries/outlets.queries.ts'
export { type NoticeOut, sendOut } from './service/send-out.ts'

const jobs: readonly Job[] = [
  { name: 'channels_send', cron: '* * * * *', run: sendWaiting },
  { name: 'channels_clear', cron: '25 3 * * *', run: clearOld },
]

export const channelsModule: Module = { name: 'channels', routes: channelsRoutes, standard: callbackRoutes, jobs }
