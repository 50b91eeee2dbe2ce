"""examples/startup.ts in Python: Anthropic first, Bedrock at the same list price when it fails."""

from aws_cdk import App, Environment, Stack
from cdk_claude_failover import ChainPreset, FailoverGateway, ProviderKey

app = App()
stack = Stack(app, "Startup", env=Environment(region="us-east-1"))

FailoverGateway(
    stack,
    "Gateway",
    models=["claude-sonnet-5-5", "claude-haiku-5-5"],
    chain=ChainPreset.cost_optimised(
        anthropic_keys=[ProviderKey(stack, "AnthropicKey")],
        regions=["us-east-1", "us-west-2"],
    ),
    memory_size=512,
    page_emails=["founders@example.com"],
)

app.synth()
