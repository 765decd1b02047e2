import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as notices from './notices.service.ts'

export async function noticesRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listInbox, notices.inbox)
  mount(app, contract.countUnread, notices.unread)
  mount(app, contract.noteRead, notices.markRead)
  mount(app, contract.confirmNotice, notices.confirm)
  mount(app, contract.readQuietHours, notices.quietHours)
  mount(app, contract.setQuietHours, notices.changeQuietHours)
  mount(app, contract.sendNotice, notices.send)
  mount(app, contract.listNotices, notices.list)
  mount(app, contract.readNotice, notices.one)
  mount(app, contract.listReceipts, notices.receipts)
  mount(app, contract.resendNotice, notices.resend)
}
