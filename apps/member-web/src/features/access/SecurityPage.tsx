import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { sessionQuery, useSession } from '@tongxin/client/session'
import { StepUpDialog } from '@tongxin/client/step-up-dialog'
import { useWrite } from '@tongxin/client/use-write'
import { changePassword, endOneSession, endOtherSessions } from '@tongxin/contract/access.own'
import { Button, Lamp, RefusalText, say, TextInput, whenText } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ADMIN_ROOT, paths } from '../../paths.ts'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { unlessAtField, useFieldErrors } from '../../shared/use-field-errors.ts'
import { securityQuery, sessionsQuery } from './access.api.ts'
import { Passkeys } from './Passkeys.tsx'
import { NewPassword } from './PasswordFields.tsx'
import { Totp } from './Totp.tsx'

export const loader = async ({ queryClient }: LoaderInput) => {
  const session = await queryClient.ensureQueryData(sessionQuery)
  if (!session.person) return location.replace(`${paths.signIn()}?to=${paths.security()}`)
  await Promise.all([queryClient.ensureQueryData(securityQuery), queryClient.ensureQueryData(sessionsQuery)])
}

/** My account: password, second factors, and where I am signed in. */
export function Page() {
  const { t } = useTranslation()
  const { posts } = useSession()
  const { data: security } = useSuspenseQuery(securityQuery)
  const hasFactor = security.hasTotp || security.passkeys.length > 0
  const isMissing = security.factorNeeded && !hasFactor
  return (
    <OutsideFrame title={t('access.title')} lead={isMissing ? t('access.factorFirst') : undefined} isWide>
      <StepUpDialog securityPath={paths.security()} />
      <section className="card" aria-labelledby="factor">
        <h2 id="factor">{t('access.twoSteps')}</h2>
        <Lamp state={hasFactor ? 'ok' : security.factorNeeded ? 'late' : 'idle'}>
          {t(hasFactor ? 'access.factorOn' : 'access.factorOff')}
        </Lamp>
        <p className="hint">{t('access.twoStepsWhy')}</p>
        <Totp isOn={security.hasTotp} />
        <Passkeys keys={security.passkeys} isPossible={security.passkeysPossible} />
      </section>
      <ChangePassword shortest={security.shortestPassword} />
      <MySessions />
      {isMissing ? null : (
        <a
          className="tx-button"
          data-wide="true"
          href={posts.length > 0 && innerWidth >= 1000 ? ADMIN_ROOT : paths.home()}
        >
          {t('access.done')}
        </a>
      )}
    </OutsideFrame>
  )
}

function ChangePassword({ shortest }: { shortest: number }) {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [fresh, setFresh] = useState('')
  const changing = useWrite(changePassword, {
    refreshes: [['access']],
    onDone: () => {
      setCurrent('')
      setFresh('')
      say(t('access.passwordChanged'))
    },
  })
  const errors = useFieldErrors(changing.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    changing.mutate({ body: { current, fresh } })
  }
  return (
    <section className="card" aria-labelledby="password">
      <h2 id="password">{t('access.changePassword')}</h2>
      <form onSubmit={submit}>
        <TextInput
          label={t('access.currentPassword')}
          error={errors('/body/current')}
          type="password"
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
          required
        />
        <NewPassword
          label={t('access.newPassword')}
          shortest={shortest}
          value={fresh}
          onChange={setFresh}
          error={errors('/body/fresh')}
        />
        <RefusalText error={unlessAtField(changing.error, ['/body/current', '/body/fresh'])} />
        <Button type="submit" isBusy={changing.isPending}>
          {t('access.changePassword')}
        </Button>
      </form>
    </section>
  )
}

function MySessions() {
  const { t, i18n } = useTranslation()
  const { data } = useSuspenseQuery(sessionsQuery)
  const ending = useWrite(endOneSession, { refreshes: [['access']] })
  const endingOthers = useWrite(endOtherSessions, { refreshes: [['access']] })
  return (
    <section className="card" aria-labelledby="sessions">
      <h2 id="sessions">{t('access.sessions')}</h2>
      <ul className="rows-list">
        {data.rows.map((row) => (
          <li key={row.id}>
            <div>
              {deviceOf(row.device ?? '', t('access.unknownDevice'))}
              <small>
                {row.isCurrent
                  ? t('access.thisDevice')
                  : t('access.lastSeen', { when: whenText(row.lastSeenAt, Date.now(), i18n.language) })}
              </small>
            </div>
            {row.isCurrent ? null : (
              <Button onClick={() => ending.mutate({ params: { id: row.id } })}>{t('access.endSession')}</Button>
            )}
          </li>
        ))}
      </ul>
      <RefusalText error={ending.error ?? endingOthers.error} />
      {data.rows.length > 1 ? (
        <Button isBusy={endingOthers.isPending} onClick={() => endingOthers.mutate({})}>
          {t('access.endOthers')}
        </Button>
      ) : null}
    </section>
  )
}

const KNOWN = [
  ['MicroMessenger', '微信 WeChat'],
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const SYSTEMS = [
  ['HarmonyOS', 'HarmonyOS'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['Linux', 'Linux'],
] as const

/** Browser and system in two words, enough to recognise one's own device. */
function deviceOf(agent: string, unknown: string): string {
  const browser = KNOWN.find(([mark]) => agent.includes(mark))?.[1]
  const system = SYSTEMS.find(([mark]) => agent.includes(mark))?.[1]
  return [browser, system].filter(Boolean).join(' · ') || unknown
}
