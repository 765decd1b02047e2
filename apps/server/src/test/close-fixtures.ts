import { afterAll } from 'vitest'
import { openFixtures } from './open-fixtures.ts'

// A hook that is set while another hook runs is never called, so what `openFixture` opens is closed from here.
afterAll(async () => {
  for (const close of openFixtures.splice(0)) await close()
})
