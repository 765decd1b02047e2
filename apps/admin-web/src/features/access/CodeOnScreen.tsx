import { useQuery } from '@tanstack/react-query'
import { Dialog, Lamp, RefusalText, Skeleton, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { recoveryCodeQuery, screenCodeQuery } from './access.api.ts'
import './access.css'

type Shown = { name: string; code: string; url: string; qr: string; expiresAt: string; isUsed?: boolean }

/** A code large enough to be read and scanned from across a table. */
function Code({ shown, lead }: { shown: Shown; lead: string }) {
  const { t } = useTranslation()
  return (
    <div className="access-code">
      <p>{lead}</p>
      <img src={shown.qr} alt={t('access.qr', { name: shown.name })} width={260} height={260} />
      <code>{shown.code}</code>
      <p className="hint">{t('access.validUntil', { time: timeOf(shown.expiresAt) })}</p>
      {shown.isUsed === undefined ? null : (
        <Lamp state={shown.isUsed ? 'ok' : 'idle'}>
          {t(shown.isUsed ? 'access.isActivated' : 'access.waitsForPerson')}
        </Lamp>
      )}
    </div>
  )
}

/** The secretary's screen at the meeting: one person, ten minutes. */
export function ActivationOnScreen({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(screenCodeQuery(id))
  return (
    <Dialog isOpen onClose={onClose} title={t('access.activateHere')}>
      {data ? (
        <Code shown={data} lead={t('access.activateHereLead', { name: data.name })} />
      ) : error ? (
        <RefusalText error={error} />
      ) : (
        <Skeleton lines={5} />
      )}
    </Dialog>
  )
}

/** The second officer's screen: the person chooses a new password within fifteen minutes. */
export function RecoveryOnScreen({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(recoveryCodeQuery(id))
  return (
    <Dialog isOpen onClose={onClose} title={t('access.recoveryCode')}>
      {data ? (
        <Code shown={data} lead={t('access.recoveryCodeLead', { name: data.name })} />
      ) : error ? (
        <RefusalText error={error} />
      ) : (
        <Skeleton lines={5} />
      )}
    </Dialog>
  )
}
