import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { dateOf, EmptyState, Lamp } from '@tongxin/ui'
import { CalendarDays, ChevronRight, MapPin, Phone, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { myOrgQuery } from './org.api.ts'
import './org.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(myOrgQuery)

/** The person's own organisation: what it is, who leads it, whom to ask, and where its meetings are. */
export function Page() {
  const { t } = useTranslation()
  const { data: org } = useSuspenseQuery(myOrgQuery)
  if (org === null)
    return (
      <PageFrame isTop title={t('shell.tab.organisation')}>
        <EmptyState title={t('org.none')} icon={<UsersRound aria-hidden="true" />}>
          {t('org.noneHint')}
        </EmptyState>
      </PageFrame>
    )
  const above = org.trail.map((step) => step.name).join(' › ')
  return (
    <PageFrame isTop title={org.name} lead={above ? <p className="org-above">{above}</p> : null}>
      <dl className="card org-figures">
        <div>
          <dt>{t('words.org.column.kind')}</dt>
          <dd>{t(`words.org.kind.${org.kind}`)}</dd>
        </div>
        <div>
          <dt>{t('words.org.column.members')}</dt>
          <dd>{t('org.people', { count: org.members })}</dd>
        </div>
        {org.foundedOn ? (
          <div>
            <dt>{t('words.org.column.foundedOn')}</dt>
            <dd>{org.foundedOn}</dd>
          </div>
        ) : null}
        {org.termUntil ? (
          <div>
            <dt>{t('words.org.column.termUntil')}</dt>
            <dd>
              <span>{org.termUntil}</span>
              {org.termOrdinal ? <span className="hint">{t('org.ordinal', { n: org.termOrdinal })}</span> : null}
              {org.termUntil < dateOf(Date.now()) ? <Lamp state="late">{t('org.termOver')}</Lamp> : null}
            </dd>
          </div>
        ) : null}
      </dl>
      <Link className="card org-link" to={paths.meetings.list()}>
        <CalendarDays aria-hidden="true" />
        {t('org.meetings')}
        <ChevronRight aria-hidden="true" />
      </Link>
      <Committee posts={org.committee} vacant={org.vacant} />
      <Contact contact={org.contact} phone={org.phone} address={org.address} />
      {org.brand ? (
        <section className="card">
          <h2>{t('org.brand')}</h2>
          <p>{org.brand}</p>
        </section>
      ) : null}
    </PageFrame>
  )
}

type Post = { readonly id: string; readonly post: string; readonly name: string; readonly fromOn: string }

/** Who holds which post since when, and which are vacant. */
function Committee({ posts, vacant }: { posts: readonly Post[]; vacant: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <section className="card">
      <h2>{t('org.committee')}</h2>
      {posts.length + vacant.length === 0 ? <p className="hint">{t('org.noCommittee')}</p> : null}
      <ul className="org-people">
        {posts.map((post) => (
          <li key={post.id}>
            <strong>{post.name}</strong>
            <span>
              {t(`words.org.post.${post.post}`)}
              <span className="hint">{t('org.since', { on: post.fromOn })}</span>
            </span>
          </li>
        ))}
        {vacant.map((post) => (
          <li key={post}>
            <Lamp state="warn">{t('org.vacant')}</Lamp>
            <span>{t(`words.org.post.${post}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Contact(props: { contact: string | null; phone: string | null; address: string | null }) {
  const { t } = useTranslation()
  const { contact, phone, address } = props
  return (
    <section className="card">
      <h2>{t('org.contact')}</h2>
      {contact || phone || address ? null : <p className="hint">{t('org.noContact')}</p>}
      {contact ? <p>{contact}</p> : null}
      {phone ? (
        <a className="org-link" href={`tel:${phone.replace(/[^0-9+]/g, '')}`}>
          <Phone aria-hidden="true" />
          {phone}
        </a>
      ) : null}
      {address ? (
        <p className="org-link">
          <MapPin aria-hidden="true" />
          {address}
        </p>
      ) : null}
    </section>
  )
}
