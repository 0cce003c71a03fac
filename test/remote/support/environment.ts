/** Sets variables of the environment, which programs that are started inherit. @returns takes that back */
export function setEnvironment(variables: Record<string, string>): () => void {
  const before = Object.entries(variables).map(([name]) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
