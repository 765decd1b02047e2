import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { MemberError } from '@tongxin/contract/members.errors'
import { Button, dateOf, Lamp } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { Facts, RecordPage } from '../../../shared/pages/RecordPage.tsx'
import { useMemberWords } from '../use-member-words.ts'
import { AnswerDialog, CloseDialog, DecisionDialog, HandleDialog } from './ErrorDialogs.tsx'
import { ERROR_LAMPS } from './ErrorsPage.tsx'
import { ALL_QUALITY, errorQuery, QUALITY_EVENTS } from './quality.api.ts'
import './quality.css'

type Asked = 'handle' | 'answer' | 'appeal' | 'decide' | 'close' | 'dismiss' | null

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(errorQuery(params.id ?? ''))

/** One error: both values, the hands it went through, what was said and done, and who acts next. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { fieldLabel } = useMemberWords()
  useLive(QUALITY_EVENTS, ALL_QUALITY)
  const { data } = useSuspenseQuery(errorQuery(params.id ?? ''))
  const { row } = data
  return (
    <RecordPage
      trail={[{ label: t('quality.view.errors'), path: paths.quality.errors() }]}
      name={`${row.name} · ${fieldLabel(row.field)}`}
      seal={row.name.slice(0, 1)}
      state={<Lamp state={ERROR_LAMPS[row.state]}>{t(`quality.error.states.${row.state}`)}</Lamp>}
      facts={[
        { label: t('quality.org'), value: row.orgName },
        { label: t('quality.error.foundHow'), value: t(`quality.error.how.${row.foundHow}`) },
        { label: t('quality.foundAt'), value: dateOf(row.foundAt) },
      ]}
      acts={<Acts error={data} />}
      search={search}
      setSearch={setSearch}
      tabs={[{ key: 'values', label: t('quality.error.what'), body: <What error={data} /> }]}
      timeline={data.steps.toReversed().map((step, at) => ({
        id: `${at}`,
        at: step.at,
        who: step.by,
        what: t(`quality.error.step.${step.step}`),
        ...(step.text ? { reason: step.text } : {}),
      }))}
    />
  )
}

function What({ error }: { error: MemberError }) {
  const { t } = useTranslation()
  const { valueText } = useMemberWords()
  const { row } = error
  const shown = (value: string | null) => valueText(row.field, value) ?? t('members.notFilled')
  return (
    <div className="error-what">
      <Facts
        facts={[
          { label: t('quality.error.wrongValue'), value: shown(error.wrongValue) },
          { label: t('quality.error.rightValue'), value: shown(error.rightValue) },
          {
            label: t('quality.error.presentValue'),
            value: (
              <Lamp state={row.isMended ? 'ok' : 'warn'}>
                {row.isMended ? t('quality.error.mended') : shown(error.presentValue)}
              </Lamp>
            ),
          },
          { label: t('quality.error.effect'), value: t(`quality.error.effects.${row.effect}`) },
          ...(row.link ? [{ label: t('quality.error.link'), value: t(`quality.error.links.${row.link}`) }] : []),
          ...(error.responsible ? [{ label: t('quality.error.responsible'), value: error.responsible }] : []),
          ...(row.handling
            ? [{ label: t('quality.error.handling'), value: t(`quality.error.handlings.${row.handling}`) }]
            : []),
        ]}
      />
      <h3>{t('quality.error.hands')}</h3>
      {error.hands.length === 0 ? (
        <p className="hint">{t('quality.error.noHands')}</p>
      ) : (
        <ol className="entry-list">
          {error.hands.map((hand) => (
            <li key={hand.link}>
              <span>
                <strong>{t(`quality.error.links.${hand.link}`)}</strong> {hand.name}
              </span>
              <span className="hint">{dateOf(hand.at)}</span>
            </li>
          ))}
        </ol>
      )}
      {error.changeId ? (
        <p>
          <Link to={paths.memberChanges.one(error.changeId)}>{t('quality.error.openChange')}</Link>
        </p>
      ) : null}
    </div>
  )
}

function Acts({ error }: { error: MemberError }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { can, row } = error
  const dialog = { error, onClose: () => setAsked(null) }
  const act = (key: Exclude<Asked, null>, isPrimary = false) => (
    <Button {...(isPrimary ? { kind: 'primary' as const } : {})} onClick={() => setAsked(key)}>
      {t(`quality.error.act.${key}`)}
    </Button>
  )
  return (
    <>
      <Link className="tx-button" to={paths.members.one(row.memberId)}>
        {t('members.openRecord')}
      </Link>
      {row.state !== 'closed' && !row.isMended ? (
        <Link className="tx-button" to={paths.members.edit(row.memberId)}>
          {t('quality.mend')}
        </Link>
      ) : null}
      {can.dismiss ? act('dismiss') : null}
      {can.answer ? act('answer') : null}
      {can.appeal ? act('appeal') : null}
      {can.handle ? act('handle', true) : null}
      {can.decide ? act('decide', true) : null}
      {can.close ? act('close', true) : null}
      {asked === 'handle' ? <HandleDialog {...dialog} /> : null}
      {asked === 'answer' || asked === 'appeal' ? <AnswerDialog {...dialog} isAppeal={asked === 'appeal'} /> : null}
      {asked === 'decide' ? <DecisionDialog {...dialog} /> : null}
      {asked === 'close' || asked === 'dismiss' ? (
        <CloseDialog {...dialog} outcome={asked === 'close' ? 'mended' : 'unfounded'} />
      ) : null}
    </>
  )
}
