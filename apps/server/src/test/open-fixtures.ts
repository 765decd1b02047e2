/** How to close what a test file has opened; apart from the fixture, so that tests without a database load little. */
export const openFixtures: (() => Promise<void>)[] = []
