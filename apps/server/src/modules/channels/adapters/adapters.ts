import type { OutletKind } from '@tongxin/contract'
import type { Adapter } from './adapter.ts'
import { mail } from './mail.ts'
import { push } from './push.ts'
import { dingtalk, wecom, weibo } from './robots.ts'
import { smsAliyun } from './sms-aliyun.ts'
import { smsTencent } from './sms-tencent.ts'
import { webhook } from './webhook.ts'
import { wechat } from './wechat.ts'

export const ADAPTERS: Readonly<Record<OutletKind, Adapter>> = {
  push,
  mail,
  sms_aliyun: smsAliyun,
  sms_tencent: smsTencent,
  wechat,
  wecom,
  dingtalk,
  weibo,
  webhook,
}
