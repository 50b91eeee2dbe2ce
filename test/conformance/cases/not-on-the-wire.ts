/** Lines of the list of other gateways' issues that no look at a gateway from outside can tell, and what covers them here. */
export const NOT_ON_THE_WIRE: readonly { readonly source: string; readonly wish: string; readonly instead: string }[] =
  [
    {
      source: 'BerriAI/litellm#33736, #13245; maximhq/bifrost#6972',
      wish: 'work whose client has gone is accounted exactly once',
      instead:
        'accounts are logs and metrics, which every gateway keeps elsewhere: test/e2e/telemetry.test.ts counts ours',
    },
    {
      source: 'BerriAI/litellm#6400; dust#28454',
      wish: 'an EU request never reaches a global profile',
      instead:
        'which regions a chain may contain is configuration: it is refused at synth and by IAM (test/lib/router/residency.test.ts)',
    },
    {
      source: 'cline#12926 (ARNs)',
      wish: 'the ARN of an application profile is sent as it is',
      instead: 'it stands in the configuration, not in a request: test/hosts/bedrock-invoke.test.ts',
    },
  ];
