import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { StepUpDialog } from '@tongxin/client/step-up-dialog'
import type { SetUpReply } from '@tongxin/contract/access.first-run'
import { Lamp } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ADMIN_ROOT, paths } from '../../paths.ts'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { AppointFirst } from './AppointFirst.tsx'
import { setUpQuery } from './access.api.ts'
import { ClaimForm } from './ClaimForm.tsx'
import { NameOrganisation } from './NameOrganisation.tsx'
import { Totp } from './Totp.tsx'

export const loader = async ({ queryClient }: LoaderInput) => {
  await queryClient.ensureQueryData(setUpQuery)
}

/** The first run: three administrators, the organisation, the first committee administrator, and the way from there. */
export function Page() {
  const { t } = useTranslation()
  const { data: setUp } = useSuspenseQuery(setUpQuery)
  return (
    <OutsideFrame title={t('access.welcome.title')} lead={t('access.welcome.lead')} isWide>
      <StepUpDialog securityPath={paths.security()} />
      <Steps setUp={setUp} />
      <section className="card stack">
        <Now setUp={setUp} />
      </section>
      <Administrators setUp={setUp} />
      <Phones phones={setUp.phones} />
    </OutsideFrame>
  )
}

function Steps({ setUp }: { setUp: SetUpReply }) {
  const { t } = useTranslation()
  const done = [setUp.administrators.some((one) => one.isClaimed), !setUp.isNeeded, setUp.hasCommitteeAdministrator]
  const now = done.indexOf(false)
  return (
    <ol className="steps" aria-label={t('access.welcome.progress')}>
      {(['administrators', 'organisation', 'committee'] as const).map((key, at) => (
        <li
          key={key}
          data-state={done[at] ? 'done' : at === now ? 'now' : 'later'}
          aria-current={at === now ? 'step' : undefined}
        >
          {done[at] ? '✓ ' : `${at + 1} `}
          {t(`access.welcome.step.${key}`)}
        </li>
      ))}
    </ol>
  )
}

/** What the person at this screen does next. */
function Now({ setUp }: { setUp: SetUpReply }) {
  const { t } = useTranslation()
  // The code stays on the screen although the appointment is made: it is still to be scanned.
  const [isCodeShown, setCodeShown] = useState(false)
  const { me } = setUp
  if (!me) return <ClaimForm setUp={setUp} />
  if (!me.hasFactor) {
    return (
      <>
        <h2>{t('access.welcome.secondFactor', { name: me.name })}</h2>
        <p>{t('access.welcome.secondFactorWhy')}</p>
        <Totp isOn={false} />
      </>
    )
  }
  if (me.role === 'system_admin' && setUp.isNeeded) return <NameOrganisation />
  if (me.role === 'security_admin' && !setUp.isNeeded && (isCodeShown || !setUp.hasCommitteeAdministrator)) {
    return <AppointFirst onCode={() => setCodeShown(true)} />
  }
  return <WhatNext setUp={setUp} role={me.role} />
}

function WhatNext({ setUp, role }: { setUp: SetUpReply; role: NonNullable<SetUpReply['me']>['role'] }) {
  const { t } = useTranslation()
  const waits = setUp.isNeeded ? 'organisation' : setUp.hasCommitteeAdministrator ? null : 'committee'
  return (
    <>
      <h2>{t(waits ? 'access.welcome.yourPartDone' : 'access.welcome.ready', { organisation: setUp.organisation })}</h2>
      {waits ? <p role="status">{t(`access.welcome.waits.${waits}`)}</p> : null}
      {waits === null ? (
        <>
          <p>{t('access.welcome.importNext')}</p>
          <p>{t('access.welcome.demonstration')}</p>
          <p className="code-block">npx --no -- tongxin demo load</p>
        </>
      ) : null}
      {role && !setUp.isNeeded ? (
        <a className="tx-button" data-kind="primary" href={ADMIN_ROOT}>
          {t('access.welcome.toDesk')}
        </a>
      ) : null}
    </>
  )
}

function Administrators({ setUp }: { setUp: SetUpReply }) {
  const { t } = useTranslation()
  return (
    <section className="card" aria-labelledby="three">
      <h2 id="three">{t('access.welcome.three')}</h2>
      <p className="hint">{t('access.welcome.threeWhy')}</p>
      <ul className="rows-list">
        {setUp.administrators.map(({ role, isClaimed }) => (
          <li key={role}>
            <div>
              {t(`shell.role.${role}`)}
              <small>{t(`access.welcome.duty.${role}`)}</small>
            </div>
            <Lamp state={isClaimed ? 'ok' : 'idle'}>
              {t(isClaimed ? 'access.welcome.claimed' : 'access.welcome.open')}
            </Lamp>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Phones({ phones }: { phones: SetUpReply['phones'] }) {
  const { t } = useTranslation()
  return (
    <section className="card" aria-labelledby="phones">
      <h2 id="phones">{t('access.welcome.phones')}</h2>
      {phones ? (
        <>
          <p className="hint">{t('access.welcome.phonesHow')}</p>
          <img
            className="qr"
            src={phones.qr}
            alt={t('access.welcome.phonesQr', { url: phones.url })}
            width={240}
            height={240}
          />
          <p className="code-block">{phones.url}</p>
        </>
      ) : (
        <p className="hint">{t('access.welcome.phonesNot')}</p>
      )}
    </section>
  )
}
