import { Client } from 'pg';
import { createTestDatabase } from './test-database';

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // dropping the database ends the connections that are left
  await client.connect();
  return client;
}

describe('a test database', () => {
  it('is a database of its own', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const client = await connect(one.url);
    await client.query('CREATE TABLE only_here (id int)');
    await client.end();

    const neighbour = await connect(other.url);
    const { rows } = await neighbour.query(`SELECT to_regclass('only_here') AS found`);
    await neighbour.end();
    await Promise.all([one.drop(), other.drop()]);

    expect(rows).toEqual([{ found: null }]);
  });

  it('is gone after drop', async () => {
    const database = await createTestDatabase();
    await database.drop();
    await expect(connect(database.url)).rejects.toThrow(/does not exist/);
  });

  it('tells about a connection that the test forgot, and is gone all the same', async () => {
    const database = await createTestDatabase();
    await connect(database.url);
    await expect(database.drop()).rejects.toThrow(/connections to its database open/);
    await expect(connect(database.url)).rejects.toThrow(/does not exist/);
  });

  it('says how to get a server when there is none', async () => {
    await expect(createTestDatabase({})).rejects.toThrow('./run test --int');
  });
});
