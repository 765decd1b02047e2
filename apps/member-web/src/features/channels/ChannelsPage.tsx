import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type OwnReach, removeAddress, setOwnReach } from '@tongxin/contract/channels.own'
import { Button, dateOf, Lamp, RefusalText, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { CodeForm } from './CodeForm.tsx'
import { CHANNELS, ownReachesQuery } from './channels.api.ts'
import { PushAdd } from './PushAdd.tsx'
import { WechatBind } from './WechatBind.tsx'
import './channels.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(ownReachesQuery)

/** How notices reach me besides the application itself. */
export function Page() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(ownReachesQuery)
  return (
    <PageFrame title={t('channels.title')}>
      <section className="card channels-card">
        <div className="channels-head">
          <h2>{t('channels.inside')}</h2>
          <Lamp state="ok">{t('channels.always')}</Lamp>
        </div>
        <p className="hint">{t('channels.lead')}</p>
        <Link className="tx-button" to={paths.quietHours()}>
          {t('channels.quietHours')}
        </Link>
      </section>
      {data.rows.map((row) => (
        <Reach key={row.reach} row={row} pushKey={data.pushKey} />
      ))}
    </PageFrame>
  )
}

function Reach({ row, pushKey }: { row: OwnReach; pushKey: string | null }) {
  const { t } = useTranslation()
  const name = t(`channels.reaches.${row.reach}`)
  const setting = useWrite(setOwnReach, {
    refreshes: [CHANNELS],
    onDone: () => say(t('channels.saved')),
  })
  if (!row.isOffered && row.addresses.length === 0)
    return (
      <section className="card channels-card">
        <div className="channels-head">
          <h2>{name}</h2>
          <Lamp state="idle">{t('channels.notOffered')}</Lamp>
        </div>
      </section>
    )
  const isUsed = row.addresses.some(({ verifiedAt }) => verifiedAt !== null)
  return (
    <section className="card channels-card" aria-label={name}>
      <div className="channels-head">
        <h2>{name}</h2>
        <Lamp state={isUsed && row.isOn ? 'ok' : 'idle'}>{t(stateOf(isUsed, row.isOn))}</Lamp>
      </div>
      <p className="hint">{t(`channels.levels.${row.leastLevel}`)}</p>
      <RefusalText error={setting.error} />
      {row.addresses.map((address) => (
        <Address key={address.id} address={address} />
      ))}
      {isUsed ? (
        <label className="tick">
          <input
            type="checkbox"
            checked={row.isOn}
            disabled={setting.isPending}
            onChange={({ target }) => setting.mutate({ params: { reach: row.reach }, body: { isOn: target.checked } })}
          />{' '}
          {t('channels.wanted')}
        </label>
      ) : null}
      {row.isOffered ? <Add row={row} pushKey={pushKey} /> : <p className="hint">{t('channels.offNow')}</p>}
    </section>
  )
}

const stateOf = (isUsed: boolean, isOn: boolean): string =>
  isUsed ? (isOn ? 'channels.on' : 'channels.urgentOnly') : 'channels.notBound'

function Add({ row, pushKey }: { row: OwnReach; pushKey: string | null }) {
  if (row.reach === 'push') return <PushAdd pushKey={pushKey} />
  if (row.reach === 'wechat') return <WechatBind isBound={row.addresses.some(({ verifiedAt }) => verifiedAt)} />
  return (
    <CodeForm reach={row.reach} waiting={row.addresses.find(({ verifiedAt, codeUntil }) => !verifiedAt && codeUntil)} />
  )
}

function Address({ address }: { address: OwnReach['addresses'][number] }) {
  const { t } = useTranslation()
  const removing = useWrite(removeAddress, { refreshes: [CHANNELS], onDone: () => say(t('channels.removed')) })
  if (!address.verifiedAt) return null
  return (
    <div className="channels-address">
      <span>
        <b>{address.device ?? address.masked}</b>
        <small className="hint">{t('channels.since', { when: dateOf(address.verifiedAt) })}</small>
      </span>
      <Button isBusy={removing.isPending} onClick={() => removing.mutate({ params: { id: address.id }, body: {} })}>
        {t('channels.remove')}
      </Button>
      <RefusalText error={removing.error} />
    </div>
  )
}
