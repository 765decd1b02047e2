import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type AbsenceRecord, confirmAbsence, printAbsence } from '@tongxin/contract/membership'
import type { DecisionKind } from '@tongxin/contract/membership.words'
import { Button, EmptyState, Lamp, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { ChangeAbsenceDialog, ContactDialog, EndDialog } from './AbsenceDialogs.tsx'
import { ALL_MEMBERSHIP, absenceQuery } from './membership.api.ts'
import { ProposeDialog } from './ProposeDialog.tsx'
import { ContactLamp, RuleLine, useAbsenceFacts } from './words.tsx'
import './membership.css'

type Asked = 'contact' | 'end' | 'change' | null

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(absenceQuery(params.id ?? ''))

/** One person who is away: where, since when, how often reached, and what may be proposed. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(absenceQuery(params.id ?? ''))
  const facts = useAbsenceFacts()(data)
  return (
    <RecordPage
      trail={[{ label: t('membership.absences'), path: paths.membership.absences() }]}
      name={data.name}
      state={<ContactLamp row={data} />}
      facts={facts}
      acts={<Acts absence={data} />}
      search={search}
      setSearch={setSearch}
      tabs={[
        { key: 'contacts', label: t('membership.contacts'), body: <Contacts absence={data} /> },
        { key: 'proposals', label: t('membership.proposals'), body: <Proposals absence={data} /> },
      ]}
    />
  )
}

function Acts({ absence }: { absence: AbsenceRecord }) {
  const { t, i18n } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const print = useMutation({
    mutationFn: (format: 'pdf' | 'docx') =>
      download(printAbsence, {
        params: { id: absence.id },
        body: { format, language: i18n.language === 'en' ? 'en' : 'zh-CN' },
      }),
  })
  const confirm = useWrite(confirmAbsence, {
    refreshes: ALL_MEMBERSHIP,
    onDone: () => say(t('membership.confirmed')),
  })
  const { can } = absence
  const close = () => setAsked(null)
  return (
    <>
      <RefusalText error={confirm.error ?? print.error} />
      <Link className="tx-button" to={paths.members.one(absence.memberId)}>
        {t('membership.openRecord')}
      </Link>
      {(['pdf', 'docx'] as const).map((format) => (
        <Button
          key={format}
          isBusy={print.isPending && print.variables === format}
          onClick={() => print.mutate(format)}
        >
          {t(`membership.printSheet.${format}`)}
        </Button>
      ))}
      {can.confirm ? (
        <Button
          kind="primary"
          isBusy={confirm.isPending}
          onClick={() => confirm.mutate({ params: { id: absence.id }, body: {} })}
        >
          {t('membership.confirmGuest')}
        </Button>
      ) : null}
      {can.change ? <Button onClick={() => setAsked('change')}>{t('membership.change')}</Button> : null}
      {can.end ? <Button onClick={() => setAsked('end')}>{t('membership.end')}</Button> : null}
      {can.contact ? (
        <Button kind="primary" onClick={() => setAsked('contact')}>
          {t('membership.noteContact')}
        </Button>
      ) : null}
      {asked === 'contact' ? <ContactDialog absence={absence} onClose={close} /> : null}
      {asked === 'end' ? <EndDialog absence={absence} onClose={close} /> : null}
      {asked === 'change' ? <ChangeAbsenceDialog absence={absence} onClose={close} /> : null}
    </>
  )
}

function Contacts({ absence }: { absence: AbsenceRecord }) {
  const { t } = useTranslation()
  return (
    <>
      {absence.untried.length > 0 ? (
        <Lamp state="warn">
          {t('membership.untried', {
            ways: absence.untried.map((way) => t(`words.membership.way.${way}`)).join(t('membership.and')),
          })}
        </Lamp>
      ) : null}
      {absence.contacts.length === 0 ? (
        <EmptyState title={t('membership.noContacts')}>{t('membership.noContactsHint')}</EmptyState>
      ) : (
        <table className="membership-table">
          <caption className="tx-hidden">{t('membership.contacts')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('membership.on')}</th>
              <th scope="col">{t('membership.way')}</th>
              <th scope="col">{t('membership.reached')}</th>
              <th scope="col">{t('membership.note')}</th>
              <th scope="col">{t('membership.by')}</th>
            </tr>
          </thead>
          <tbody>
            {absence.contacts.map((contact) => (
              <tr key={contact.id}>
                <td>{contact.on}</td>
                <td>{t(`words.membership.way.${contact.way}`)}</td>
                <td>
                  <Lamp state={contact.reached ? 'ok' : 'idle'}>
                    {t(contact.reached ? 'membership.yes' : 'membership.no')}
                  </Lamp>
                </td>
                <td>{contact.note}</td>
                <td>{contact.by}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

/** What the articles allow now. Nothing of it happens by itself. */
function Proposals({ absence }: { absence: AbsenceRecord }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('membership.write')
  const [kind, setKind] = useState<DecisionKind | null>(null)
  if (absence.proposals.length === 0) return <p className="hint">{t('membership.nothingToPropose')}</p>
  return (
    <>
      <p className="hint">{t('membership.proposalsLead')}</p>
      <ul className="membership-list">
        {absence.proposals.map((one) => (
          <li key={one.kind} className="proposal">
            <h3>{t(`words.membership.decisionKind.${one.kind}`)}</h3>
            <RuleLine rule={one.rule} />
            <Button
              whyNot={
                whyNot ??
                (one.rule.ok
                  ? undefined
                  : one.rule.from
                    ? t('membership.ruleFrom', { on: one.rule.from })
                    : t('membership.ruleNotMet'))
              }
              onClick={() => setKind(one.kind)}
            >
              {t('membership.propose')}
            </Button>
          </li>
        ))}
      </ul>
      {kind ? (
        <ProposeDialog memberId={absence.memberId} absenceId={absence.id} kind={kind} onClose={() => setKind(null)} />
      ) : null}
    </>
  )
}
