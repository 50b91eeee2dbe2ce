// Anthropic's SDK for Go: a question as JSON a line on stdin, an outcome as JSON a line on stdout.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/anthropics/anthropic-sdk-go/v2"
	"github.com/anthropics/anthropic-sdk-go/v2/option"
)

const (
	sdk       = "github.com/anthropics/anthropic-sdk-go/v2"
	maxTokens = 20_000
	mostTurns = 5
	longest   = 64 << 20
)

func main() {
	out := json.NewEncoder(os.Stdout)
	out.Encode(version())
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longest)
	for lines.Scan() {
		var question Question
		if err := json.Unmarshal(lines.Bytes(), &question); err != nil {
			panic(err)
		}
		outcome, err := ask(question)
		if err != nil {
			outcome = Outcome{Calls: [][]Call{}, Error: failureOf(err)}
		}
		out.Encode(outcome)
	}
}

func ask(question Question) (Outcome, error) {
	client := anthropic.NewClient(
		option.WithBaseURL(question.URL),
		option.WithAPIKey(question.Key),
		option.WithMaxRetries(question.Retries),
	)
	params := paramsOf(question)
	outcome := Outcome{Calls: [][]Call{}}
	for range mostTurns {
		message, err := answer(client, params, question.Stream)
		if err != nil {
			return outcome, err
		}
		var calls []Call
		var results []anthropic.ContentBlockParamUnion
		outcome.Text = ""
		for _, block := range message.Content {
			switch block := block.AsAny().(type) {
			case anthropic.TextBlock:
				outcome.Text += block.Text
			case anthropic.ToolUseBlock:
				calls = append(calls, Call{block.Name, block.Input})
				results = append(results, anthropic.NewToolResultBlock(block.ID, "Result of "+block.Name+".", false))
			}
		}
		outcome.Stop = string(message.StopReason)
		outcome.Model = string(message.Model)
		outcome.Tokens = Tokens{message.Usage.InputTokens, message.Usage.OutputTokens}
		if len(calls) == 0 {
			break
		}
		outcome.Calls = append(outcome.Calls, calls)
		params.Messages = append(params.Messages, message.ToParam(), anthropic.NewUserMessage(results...))
	}
	if question.Structured {
		return outcome, json.Unmarshal([]byte(outcome.Text), &outcome.Parsed)
	}
	return outcome, nil
}

func answer(client anthropic.Client, params anthropic.MessageNewParams, stream bool) (*anthropic.Message, error) {
	if !stream {
		return client.Messages.New(context.Background(), params)
	}
	events := client.Messages.NewStreaming(context.Background(), params)
	message := anthropic.Message{}
	for events.Next() {
		if err := message.Accumulate(events.Current()); err != nil {
			return nil, err
		}
	}
	return &message, events.Err()
}

func paramsOf(question Question) anthropic.MessageNewParams {
	var content []anthropic.ContentBlockParamUnion
	if question.Image != "" {
		content = append(content, anthropic.NewImageBlockBase64("image/png", question.Image))
	}
	content = append(content, anthropic.NewTextBlock(question.Prompt))
	params := anthropic.MessageNewParams{
		Model:     anthropic.Model(question.Model),
		MaxTokens: maxTokens,
		Messages:  []anthropic.MessageParam{anthropic.NewUserMessage(content...)},
	}
	if question.System != "" {
		params.System = []anthropic.TextBlockParam{{Text: question.System}}
	}
	for _, tool := range question.Tools {
		params.Tools = append(params.Tools, anthropic.ToolUnionParam{OfTool: &anthropic.ToolParam{
			Name:        tool.Name,
			Description: anthropic.String(tool.Description),
			InputSchema: anthropic.ToolInputSchemaParam{Properties: tool.Schema.Properties, Required: tool.Schema.Required},
		}})
	}
	if question.Structured {
		params.OutputConfig.Format = anthropic.JSONOutputFormatParam{Schema: place}
	}
	return params
}

func failureOf(err error) *Failure {
	var refused *anthropic.Error
	if errors.As(err, &refused) {
		return &Failure{fmt.Sprintf("%T", refused), refused.StatusCode, err.Error()}
	}
	return &Failure{fmt.Sprintf("%T", err), 0, err.Error()}
}

func version() string {
	build, _ := debug.ReadBuildInfo()
	for _, dependency := range build.Deps {
		if dependency.Path == sdk {
			return "anthropic-sdk-go " + dependency.Version
		}
	}
	return "anthropic-sdk-go"
}
