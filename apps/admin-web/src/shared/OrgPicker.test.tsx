import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { OrgPicker } from './OrgPicker.tsx'
import { speakChinese } from './test-texts.ts'

const DEEP = '019b6414-2340-7000-8039-0bc2d8bc5d9e'

beforeAll(speakChinese)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const json = (body: object) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })

/** The server: one organisation at the top, and one far below that only its own address tells. */
function answer(input: RequestInfo | URL): Promise<Response> {
  const { pathname } = new URL(String(input instanceof Request ? input.url : input), 'http://127.0.0.1')
  if (pathname.endsWith(`/orgs/${DEEP}`)) return Promise.resolve(json({ id: DEEP, name: '化工学院教工第二党支部' }))
  return Promise.resolve(json({ rows: [], next: null, total: 0 }))
}

function Picker({ name }: { name?: string }) {
  const [value, setValue] = useState(DEEP)
  return <OrgPicker label="党支部" value={value} name={name} onChange={setValue} />
}

const show = (name?: string) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Picker {...(name === undefined ? {} : { name })} />
    </QueryClientProvider>,
  )

it('shows at once the name that the page knows, also where the record may not be read', () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 403 })))
  const { container } = show('化工学院教工第二党支部')
  expect(container.textContent).toContain('化工学院教工第二党支部')
  expect(container.textContent).not.toContain('已选组织')
})

it('names the organisation of the address, which no open level holds', async () => {
  vi.stubGlobal('fetch', vi.fn(answer))
  const { container } = show()
  await screen.findByTitle('化工学院教工第二党支部')
  expect(container.textContent).not.toContain('已选组织')
})
