#pragma once

#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "services/rpc/door.h"
#include "services/rpc/refusal.h"
#include "services/rpc/relay.h"

namespace onewindow {

// A server stream that sends when it is woken. It ends when its source says no, when the caller
// goes away, and never by itself.
template <typename Message>
class Stream final : public grpc::ServerWriteReactor<Message> {
 public:
  // Gives the next message, or none until it is woken again. Called by one thread at a time, never
  // after the stream has ended.
  using Source = std::function<Reply<std::optional<Message>>()>;

  // The stream owns itself and ends with its call.
  static std::shared_ptr<Stream> Make() {
    std::shared_ptr<Stream> stream(new Stream);
    stream->self_ = stream;
    return stream;
  }

  // For whoever has news. May be called by any thread and at any time, also after the end.
  std::function<void()> Waker(Relay& relay) {
    return [weak = std::weak_ptr<Stream>(self_), &relay] {
      relay.Run([weak] {
        if (const auto stream = weak.lock()) stream->Wake();
      });
    };
  }

  // To be called once, either of them.
  void Start(Source source) {
    source_ = std::move(source);
    Pump();
  }
  void Refuse(const grpc::Status& status) { End(status); }

 private:
  // Whoever set kPumping goes on alone, until he finds nothing to send (kIdle) or the stream ends.
  enum class State { kIdle, kPumping, kEnded };

  Stream() = default;

  void Wake() {
    {
      std::scoped_lock lock(mutex_);
      if (state_ == State::kPumping) woken_ = true;
      if (state_ != State::kIdle) return;
      state_ = State::kPumping;
    }
    Pump();
  }

  void Pump() {
    do {
      if (Cancelled()) return End(grpc::Status::CANCELLED);
      Reply<std::optional<Message>> next = source_();
      auto* message = std::get_if<std::optional<Message>>(&next);
      if (message == nullptr) return End(Door::NoOf(next));
      if (message->has_value()) {
        message_ = std::move(**message);
        this->StartWrite(&message_);
        return;
      }
    } while (!Rest());
  }

  // False where it was woken meanwhile.
  bool Rest() {
    std::unique_lock lock(mutex_);
    if (cancelled_) {
      lock.unlock();
      End(grpc::Status::CANCELLED);
      return true;
    }
    if (std::exchange(woken_, false)) return false;
    state_ = State::kIdle;
    return true;
  }

  bool Cancelled() {
    std::scoped_lock lock(mutex_);
    return cancelled_;
  }

  void End(const grpc::Status& status) {
    {
      std::scoped_lock lock(mutex_);
      if (std::exchange(state_, State::kEnded) == State::kEnded) return;
    }
    this->Finish(status);
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(grpc::Status::CANCELLED);
    Pump();
  }
  void OnCancel() override {
    {
      std::scoped_lock lock(mutex_);
      cancelled_ = true;
      if (state_ != State::kIdle) return;
    }
    End(grpc::Status::CANCELLED);
  }
  void OnDone() override {
    source_ = nullptr;
    const std::shared_ptr<Stream> last = std::move(self_);
  }

  std::shared_ptr<Stream> self_;
  Source source_;
  Message message_;
  std::mutex mutex_;
  State state_ = State::kPumping;  // Guarded by mutex_; Start() pumps first.
  bool woken_ = false;             // Guarded by mutex_.
  bool cancelled_ = false;         // Guarded by mutex_.
};

// A call that asks for a stream. The context lives as long as the stream.
template <typename Request>
struct StreamCall {
  const grpc::CallbackServerContext& call;
  std::string method;
  Request request;

  // Rights may end while a stream lasts, so they are asked for again before each message.
  Admission Admit(const Door& door) const { return door.Admit(call, method, request.position()); }
};

// A stream whose source is `make_source(caller, waker)`, a Reply<Stream<Message>::Source>; its
// caller is admitted first. Already going.
template <typename Message, typename Request, typename MakeSource>
Stream<Message>* OpenStream(const Door& door, const StreamCall<Request>& opened,
                            MakeSource make_source) {
  const auto stream = Stream<Message>::Make();
  const Admission admission = opened.Admit(door);
  if (const auto* rejection = std::get_if<Rejection>(&admission)) {
    stream->Refuse(ToStatus(*rejection));
    return stream.get();
  }
  Reply<typename Stream<Message>::Source> source =
      make_source(std::get<Identity>(admission), stream->Waker(door.premises().relay));
  if (IsNo(source)) {
    stream->Refuse(Door::NoOf(source));
  } else {
    stream->Start(std::get<0>(std::move(source)));
  }
  return stream.get();
}

}  // namespace onewindow
