import { useWrite } from '@tongxin/client/use-write'
import { askWechatCode } from '@tongxin/contract/channels.own'
import { Button, RefusalText, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { CHANNELS } from './channels.api.ts'

/** A code to send to the account: only WeChat's server can bring it back together with the sender. */
export function WechatBind({ isBound }: { isBound: boolean }) {
  const { t } = useTranslation()
  const asking = useWrite(askWechatCode, { refreshes: [CHANNELS] })
  return (
    <>
      <RefusalText error={asking.error} />
      {asking.data ? (
        <p role="status">
          {t('channels.wechatSend', { until: timeOf(asking.data.codeUntil) })}{' '}
          <output className="channels-code">{asking.data.code}</output>
        </p>
      ) : null}
      <Button isBusy={asking.isPending} onClick={() => asking.mutate({ body: {} })}>
        {t(isBound ? 'channels.wechatAgain' : 'channels.wechatBind')}
      </Button>
    </>
  )
}
