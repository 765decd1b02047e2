import { useWrite } from '@tongxin/client/use-write'
import { signRecord } from '@tongxin/contract/meetings.record'
import { Button, EmptyState, Lamp, RefusalText, say, whenText } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'

/** Chair and secretary sign the record that is shown: its fingerprint goes along, and a change voids signatures. */
export function SignaturesTab({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation()
  const sign = useWrite(signRecord, { refreshes: ALL_MEETINGS, onDone: () => say(t('meetings.done.signed')) })
  const { maySignAs, recordHash, signatures } = meeting
  return (
    <>
      {signatures.length === 0 ? (
        <EmptyState title={t('meetings.noSignatures')}>{t('meetings.noSignaturesHint')}</EmptyState>
      ) : null}
      {signatures.map((signature) => (
        <p key={signature.as}>
          <Lamp state="ok">
            {t('meetings.signedBy', {
              as: t(`meetings.as.${signature.as}`),
              name: signature.name,
              when: whenText(signature.signedAt, Date.now(), i18n.language),
            })}
          </Lamp>
        </p>
      ))}
      {recordHash ? (
        <p className="hint">
          {t('meetings.fingerprint')} <code>{recordHash.slice(0, 16)}</code>
        </p>
      ) : null}
      {maySignAs && recordHash ? (
        <Button
          kind="primary"
          isBusy={sign.isPending}
          onClick={() => sign.mutate({ params: { id: meeting.id }, body: { recordHash } })}
        >
          {t('meetings.signAs', { as: t(`meetings.as.${maySignAs}`) })}
        </Button>
      ) : null}
      <RefusalText error={sign.error} />
    </>
  )
}
