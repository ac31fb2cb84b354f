// What draws screens asks the environment when it is loaded. Where CI is set it would draw nothing before the end, though here
// is a terminal; and its development build measures each drawing and keeps the measurements, without end.

const FOR_SCREENS = { NODE_ENV: 'production', CI: 'false', CONTINUOUS_INTEGRATION: 'false' };

/** @param load imports it, for the first time in this process */
export async function loadScreen<T>(load: () => Promise<T>): Promise<T> {
  const before = Object.keys(FOR_SCREENS).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, FOR_SCREENS);
  try {
    return await load();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
