import type { Reply } from '@tongxin/contract/endpoint'
import type { readMeeting } from '@tongxin/contract/meetings'

export type Meeting = Reply<typeof readMeeting>
